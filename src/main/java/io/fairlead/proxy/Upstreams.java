package io.fairlead.proxy;

import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.pool.Pool;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.record.MemberRecorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How one event loop reaches members: its client with the connections that it keeps, and what is put together once for each
 * member instead of for each request.
 *
 * <p>Confined to its event loop.
 */
final class Upstreams {
    /** Below the keep-alive of common app servers (Node's is 5 s), so that a member seldom closes what we reuse. */
    private static final int MEMBER_KEEP_ALIVE_SECONDS = 4;

    private static final int MAX_CONNECTIONS_PER_MEMBER = 16_384;
    private static final int CHUNK = 64 * 1024;

    private final LoopStats stats;
    private final HttpClient client;
    private final IdentityHashMap<Member, Upstream> byMember = new IdentityHashMap<>();
    // The client keeps what it makes of options by these objects: one for all members of a pool.
    private final IdentityHashMap<MemberTls, ClientSSLOptions> sslOptions = new IdentityHashMap<>();

    /**
     * Knows no member yet.
     *
     * @param maxHeaderSize of an answer, in bytes
     */
    Upstreams(Vertx vertx, LoopStats stats, int maxHeaderSize) {
        this.stats = stats;
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAliveTimeout(MEMBER_KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(CHUNK)
                        .setMaxHeaderSize(maxHeaderSize)
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false))
                .with(new PoolOptions()
                        .setHttp1MaxSize(MAX_CONNECTIONS_PER_MEMBER)
                        .setMaxWaitQueueSize(0))
                .withConnectHandler(MemberCodec::install)
                .build();
    }

    /** A connection to a member of the pool, new or kept; fails if there is none to be had. */
    Future<HttpClientRequest> connect(Member member, Pool pool) {
        return client.request(upstream(member, pool).options);
    }

    /** Records what happens at a member. */
    MemberRecorder recorder(Member member) {
        Upstream upstream = byMember.get(member);
        return upstream == null ? stats.member(member) : upstream.recorder;
    }

    private Upstream upstream(Member member, Pool pool) {
        Upstream upstream = byMember.get(member);
        String ip = Objects.requireNonNullElse(member.ip(), member.address().host());
        MemberTls tls = pool.tls().orElse(null);
        if (upstream == null || upstream.tls != tls || !upstream.ip.equals(ip)) {
            upstream = new Upstream(ip, tls, options(member, ip, tls), stats.member(member));
            byMember.put(member, upstream);
        }
        return upstream;
    }

    private RequestOptions options(Member member, String ip, @Nullable MemberTls tls) {
        RequestOptions options = new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(member.address().port(), ip))
                .setHost(ip)
                .setPort(member.address().port());
        if (tls != null) {
            options.setSsl(true)
                    .setHost(tls.peer(member))
                    .setSslOptions(sslOptions.computeIfAbsent(tls, Upstreams::newSslOptions));
        }
        return options;
    }

    private static ClientSSLOptions newSslOptions(MemberTls tls) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(tls.trust()))
                .setHostnameVerificationAlgorithm(tls.identification());
        tls.identity().ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
        return options;
    }

    /** Forgets all members but these. One that is forgotten too early, because it still has requests, is put together again. */
    void retain(Set<Member> present) {
        byMember.keySet().removeIf(member -> !present.contains(member));
        Set<MemberTls> used = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Upstream upstream : byMember.values()) {
            if (upstream.tls != null) {
                used.add(upstream.tls);
            }
        }
        sslOptions.keySet().removeIf(tls -> !used.contains(tls));
    }

    /** Closes all connections; those with a request on them, too. */
    void close() {
        var unused = client.close();
    }

    /**
     * A member as this loop reaches it.
     *
     * @param options connections are kept by these, so they name nobody but the member: its IP, and with TLS whom its
     *     certificate is for
     */
    private record Upstream(String ip, @Nullable MemberTls tls, RequestOptions options, MemberRecorder recorder) {}
}
