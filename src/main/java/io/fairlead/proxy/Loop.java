package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.route.RouteTable;
import io.fairlead.stats.ListenerRecorder;
import io.fairlead.stats.LoopStats;
import io.fairlead.stats.MemberRecorder;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.IdentityHashMap;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

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
    private final ListenerRecorder listener;
    private final HttpClient client;
    private final Deadlines deadlines = new Deadlines();
    private final RequestIds requestIds = new RequestIds(new SplittableRandom());
    private final IdentityHashMap<Member, Upstream> upstreams = new IdentityHashMap<>();
    private long lastSweep;
    private boolean draining;

    Loop(Vertx vertx, ListenerSettings settings, DataPlane plane) {
        this.settings = settings;
        this.plane = plane;
        this.stats = plane.stats().newLoop();
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
        this.lastSweep = now();
        vertx.setPeriodic(Deadlines.SWEEP_MS, id -> sweep());
    }

    private void sweep() {
        long now = now();
        plane.lag().accept(Math.max(0, now - lastSweep - TimeUnit.MILLISECONDS.toNanos(Deadlines.SWEEP_MS)));
        lastSweep = now;
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

    /** Records what happens at a member. */
    MemberRecorder recorder(Member member) {
        return upstream(member).recorder;
    }

    /** Closes the lease of an attempt, and records how it went. */
    void close(Lease lease, Outcome outcome) {
        lease.close(outcome, now());
        recorder(lease.member()).closed(lease);
    }

    /** A connection to a member, new or kept; fails if there is none to be had. */
    Future<HttpClientRequest> connect(Member member) {
        return client.request(upstream(member).options);
    }

    private Upstream upstream(Member member) {
        Upstream upstream = upstreams.get(member);
        String ip = member.ip();
        if (upstream == null || !upstream.ip.equals(ip)) {
            upstream = new Upstream(ip == null ? member.address().host() : ip, member, stats.member(member));
            upstreams.put(member, upstream);
        }
        return upstream;
    }

    /** A member as this loop reaches it. The pool of connections is keyed by these options, so they name the IP only. */
    private static final class Upstream {
        private final String ip;
        private final RequestOptions options;
        private final MemberRecorder recorder;

        Upstream(String ip, Member member, MemberRecorder recorder) {
            this.ip = ip;
            this.recorder = recorder;
            int port = member.address().port();
            this.options = new RequestOptions()
                    .setServer(SocketAddress.inetSocketAddress(port, ip))
                    .setHost(ip)
                    .setPort(port);
        }
    }
}
