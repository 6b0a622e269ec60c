package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
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
import io.vertx.core.http.HttpClientRequest;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the exchanges of one listener share on one event loop: the way to members, time-outs, statistics.
 *
 * <p>Confined to its event loop, where it is made.
 */
final class Loop {
    private final Vertx vertx;
    private final DataPlane plane;
    private final LoopStats stats;
    private final ListenerRecorder listener;
    private final Upstreams upstreams;
    private final Deadlines deadlines;
    private final long sweeps;
    private final RequestIds requestIds = new RequestIds(new SplittableRandom());
    // So that the name of a route is not put together for each request.
    private final IdentityHashMap<Route, RouteRecorder> routeRecorders = new IdentityHashMap<>();
    private ListenerSettings settings;
    private int connections;
    private boolean draining;
    private boolean closing;

    Loop(Vertx vertx, ListenerSettings settings, DataPlane plane) {
        this.vertx = vertx;
        this.settings = settings;
        this.plane = plane;
        this.stats = plane.stats().ofThisLoop();
        this.listener = stats.listener(settings.name());
        this.upstreams =
                new Upstreams(vertx, stats, (int) settings.maxHeaderSize().bytes() * 2);
        this.deadlines = new Deadlines(now());
        this.sweeps = vertx.setPeriodic(Deadlines.SWEEP_MS, id -> sweep());
    }

    private void sweep() {
        long now = now();
        plane.lag().accept(deadlines.lateness(now));
        deadlines.sweep(now);
    }

    /** As they are now; see {@link #obey} for when that changes. */
    ListenerSettings settings() {
        return settings;
    }

    /**
     * Goes by other settings from now on: time-outs of connections at once, the rest from the next request on. An exchange keeps the
     * limit of its body with which it began.
     *
     * @param next may differ only in what {@link ListenerSettings#isLive} names
     */
    void obey(ListenerSettings next) {
        settings = next;
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

    /** As it is now; null: there is none. */
    @Nullable
    AccessLog accessLog() {
        return plane.accessLog().get().orElse(null);
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
        connections++;
        deadlines.add(connection);
        listener.connectionOpened();
    }

    void closed(ClientConnection connection) {
        connections--;
        deadlines.remove(connection);
        listener.connectionClosed();
        giveBack();
    }

    /** From now on each answer says that the connection closes. */
    void drain() {
        draining = true;
    }

    boolean isDraining() {
        return draining;
    }

    /** Nobody connects any more: gives back what it has once the last connection is closed. */
    void close() {
        closing = true;
        giveBack();
    }

    private void giveBack() {
        if (closing && connections == 0) {
            vertx.cancelTimer(sweeps);
            upstreams.close();
        }
    }

    /** Forgets what was kept of all members and routes but these. */
    void retain(Set<Member> members, Set<Route> routes) {
        upstreams.retain(members);
        routeRecorders.keySet().removeIf(route -> !routes.contains(route));
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
        return upstreams.recorder(member);
    }

    /** Closes the lease of an attempt, and records how it went. */
    void close(Lease lease, Outcome outcome) {
        lease.close(outcome, now());
        recorder(lease.member()).closed(lease);
    }

    /** A connection to a member of the pool, new or kept; fails if there is none to be had. */
    Future<HttpClientRequest> connect(Member member, Pool pool) {
        return upstreams.connect(member, pool);
    }
}
