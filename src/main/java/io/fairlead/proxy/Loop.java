package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.pool.Pool;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.route.Route;
import io.fairlead.route.RouteTable;
import io.fairlead.stats.record.ListenerRecorder;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.record.MemberRecorder;
import io.fairlead.stats.record.RouteRecorder;
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
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the exchanges of one listener share on one event loop: the client towards members, time-outs, statistics.
 *
 * <p>Confined to its event loop, but for what is said otherwise.
 */
final class Loop {
    /** Below the keep-alive of common app servers (Node's is 5 s), so that a member seldom closes what we reuse. */
    private static final int MEMBER_KEEP_ALIVE_SECONDS = 4;

    private static final int MAX_CONNECTIONS_PER_MEMBER = 16_384;
    private static final int CHUNK = 64 * 1024;

    private final ListenerSettings settings;
    private final DataPlane plane;
    private final LoopStats stats;
    private final @Nullable AccessLog accessLog;
    private final ListenerRecorder listener;
    private final HttpClient client;
    private final Deadlines deadlines;
    private final RequestIds requestIds = new RequestIds(new SplittableRandom());
    private final IdentityHashMap<Member, Upstream> upstreams = new IdentityHashMap<>();
    // The client keeps what it makes of options by these objects: one for all members of a pool.
    private final IdentityHashMap<MemberTls, ClientSSLOptions> sslOptions = new IdentityHashMap<>();
    // So that the name of a route is not put together for each request.
    private final IdentityHashMap<Route, RouteRecorder> routeRecorders = new IdentityHashMap<>();
    private boolean draining;

    Loop(Vertx vertx, ListenerSettings settings, DataPlane plane) {
        this.settings = settings;
        this.plane = plane;
        this.stats = plane.stats().newLoop();
        this.accessLog = plane.accessLog().orElse(null);
        this.listener = stats.listener(settings.name());
        this.client = vertx.httpClientBuilder()
                .with(new HttpClientOptions()
                        .setKeepAliveTimeout(MEMBER_KEEP_ALIVE_SECONDS)
                        .setMaxChunkSize(CHUNK)
                        .setMaxHeaderSize((int) settings.maxHeaderSize().bytes() * 2)
                        .setTcpNoDelay(true)
                        .setDecompressionSupported(false))
                .with(new PoolOptions()
                        .setHttp1MaxSize(MAX_CONNECTIONS_PER_MEMBER)
                        .setMaxWaitQueueSize(0))
                .withConnectHandler(MemberCodec::install)
                .build();
        this.deadlines = new Deadlines(now());
        vertx.setPeriodic(Deadlines.SWEEP_MS, id -> sweep());
    }

    private void sweep() {
        long now = now();
        plane.lag().accept(deadlines.lateness(now));
        deadlines.sweep(now);
    }

    ListenerSettings settings() {
        return settings;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    LoopStats stats() {
        return stats;
    }

    ListenerRecorder listener() {
        return listener;
    }

    RequestIds requestIds() {
        return requestIds;
    }

    /** Null: there is none. */
    @Nullable
    AccessLog accessLog() {
        return accessLog;
    }

    /** The routes as they are now. */
    RouteTable routes() {
        return plane.routes().get();
    }

    /** Nanoseconds of the program's ticker. */
    long now() {
        return plane.ticker().getAsLong();
    }

    long headerTimeoutNanos() {
        return settings.headerTimeout().toNanos();
    }

    long idleTimeoutNanos() {
        return settings.idleTimeout().toNanos();
    }

    void opened(ClientConnection connection) {
        deadlines.add(connection);
        listener.connectionOpened();
    }

    void closed(ClientConnection connection) {
        deadlines.remove(connection);
        listener.connectionClosed();
    }

    /** From now on each answer says that the connection closes. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Records how requests of a route end; null: of those that met none. */
    RouteRecorder recorder(@Nullable Route route) {
        if (route == null) {
            return listener.route(ListenerRecorder.NO_ROUTE);
        }
        RouteRecorder recorder = routeRecorders.get(route);
        if (recorder == null) {
            recorder = listener.route(route.settings().name());
            routeRecorders.put(route, recorder);
        }
        return recorder;
    }

    /** Records what happens at a member. */
    MemberRecorder recorder(Member member) {
        Upstream upstream = upstreams.get(member);
        return upstream == null ? stats.member(member) : upstream.recorder;
    }

    /** Closes the lease of an attempt, and records how it went. */
    void close(Lease lease, Outcome outcome) {
        lease.close(outcome, now());
        recorder(lease.member()).closed(lease);
    }

    /** A connection to a member of the pool, new or kept; fails if there is none to be had. */
    Future<HttpClientRequest> connect(Member member, Pool pool) {
        return client.request(upstream(member, pool).options);
    }

    private Upstream upstream(Member member, Pool pool) {
        Upstream upstream = upstreams.get(member);
        String ip = Objects.requireNonNullElse(member.ip(), member.address().host());
        if (upstream == null || !upstream.ip.equals(ip)) {
            RequestOptions options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(member.address().port(), ip))
                    .setHost(ip)
                    .setPort(member.address().port());
            pool.tls()
                    .ifPresent(tls -> options.setSsl(true)
                            .setHost(tls.peer(member))
                            .setSslOptions(sslOptions.computeIfAbsent(tls, Loop::newSslOptions)));
            upstream = new Upstream(ip, options, stats.member(member));
            upstreams.put(member, upstream);
        }
        return upstream;
    }

    private static ClientSSLOptions newSslOptions(MemberTls tls) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(tls.trust()))
                .setHostnameVerificationAlgorithm(tls.identification());
        tls.identity().ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
        return options;
    }

    /**
     * A member as this loop reaches it.
     *
     * @param options connections are kept by these, so they name nobody but the member: its IP, and with TLS whom its
     *     certificate is for
     */
    private record Upstream(String ip, RequestOptions options, MemberRecorder recorder) {}
}
