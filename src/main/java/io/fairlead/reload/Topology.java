package io.fairlead.reload;

import io.fairlead.member.Member;
import io.fairlead.network.Listener;
import io.fairlead.network.Network;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolEnvironment;
import io.fairlead.proxy.DataPlane;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.proxy.log.AccessLogSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteSettings;
import io.fairlead.route.RouteTable;
import io.fairlead.stats.sample.Stats;
import io.fairlead.watch.MemberWatch;
import io.vertx.core.Future;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;

/**
 * What is in force: the pools with their watches, the routes that lead to them, the listeners before them, and the access log. Empty
 * at first; a {@link Changeover} makes of it what a configuration says.
 *
 * <p>Control context only, but for what is said otherwise.
 */
public final class Topology {
    private final Network network;
    private final Stats stats;
    private final PoolEnvironment environment;
    private final OutputStream standardOutput;
    private final DataPlane plane;
    private final Set<Future<Void>> retiring = new HashSet<>();
    private int listenersMade;
    // Control context writes, any thread reads.
    private volatile Map<String, MemberWatch> watches = Map.of();
    private volatile List<Route> routes = List.of();
    private volatile List<Listener> listeners = List.of();
    // Control context writes, event loops read.
    private volatile RouteTable routeTable = new RouteTable(List.of());
    private volatile Optional<AccessLog> accessLog = Optional.empty();

    /**
     * One in which nothing is in force.
     *
     * @param lag told by how many nanoseconds an event loop was late
     * @param standardOutput where the access log goes if it is to go there
     */
    public Topology(
            Network network, Stats stats, PoolEnvironment environment, LongConsumer lag, OutputStream standardOutput) {
        this.network = network;
        this.stats = stats;
        this.environment = environment;
        this.standardOutput = standardOutput;
        this.plane = new DataPlane(() -> routeTable, stats, System::nanoTime, lag, () -> accessLog);
    }

    Network network() {
        return network;
    }

    Stats stats() {
        return stats;
    }

    PoolEnvironment environment() {
        return environment;
    }

    /** Pools, in the order of the file. */
    public List<Pool> pools() {
        return watches.values().stream().map(MemberWatch::pool).toList();
    }

    /** The watches of the pools, by their names, in the order of the file. */
    public Map<String, MemberWatch> watches() {
        return watches;
    }

    /** A pool by its name. */
    public Optional<Pool> pool(String name) {
        return Optional.ofNullable(watches.get(name)).map(MemberWatch::pool);
    }

    /** Routes, in the order of the file. */
    public List<Route> routes() {
        return routes;
    }

    /** Listeners, in the order of the file. */
    public List<Listener> listeners() {
        return listeners;
    }

    /** Where requests are logged; empty: nowhere. Any thread. */
    public Optional<AccessLog> accessLog() {
        return accessLog;
    }

    /** All members of all pools. */
    Set<Member> members() {
        Set<Member> all = new LinkedHashSet<>();
        pools().forEach(pool -> all.addAll(pool.members()));
        return all;
    }

    /** The listener that becomes this one: at its address, and if several are there, of its name. */
    Optional<Listener> listenerFor(ListenerSettings next, Collection<Listener> taken) {
        List<Listener> there = listeners.stream()
                .filter(listener -> listener.isAt(next.address()) && !taken.contains(listener))
                .toList();
        return there.stream()
                .filter(listener -> listener.settings().name().equals(next.name()))
                .findFirst()
                .or(() -> there.stream().findFirst());
    }

    /** A listener that is not bound yet. */
    Listener newListener(ListenerSettings settings) {
        return new Listener(network, settings, plane, listenersMade++);
    }

    /** A pool's watch, that watches nobody yet. */
    MemberWatch newWatch(Pool pool) {
        return new MemberWatch(network.vertx(), pool, stats);
    }

    /**
     * A log that is open; empty if the settings name no output.
     *
     * @throws IllegalStateException if it cannot be opened
     */
    Optional<AccessLog> open(AccessLogSettings settings) {
        return AccessLog.open(settings, standardOutput, InstantSource.system(), System::nanoTime);
    }

    /** Drops what is kept of members that are gone, and of routes, as soon as nothing is in work there. */
    void forget(Set<Member> gone) {
        gone.forEach(stats::forget);
        Set<Member> present = members();
        Set<Route> presentRoutes = Set.copyOf(routes);
        listeners.stream().filter(Listener::isBound).forEach(listener -> listener.retain(present, presentRoutes));
    }

    /** These are the pools from now on; their watches have begun. */
    void take(Map<String, MemberWatch> next) {
        watches = next;
    }

    /** Requests are routed so from now on, to pools that there are. A route that stays stays the same object. */
    void route(List<RouteSettings> next) {
        Map<RouteSettings, Route> before = new HashMap<>();
        routes.forEach(route -> before.put(route.settings(), route));
        List<Route> after = new ArrayList<>();
        for (RouteSettings settings : next) {
            Pool pool = pool(settings.pool()).orElseThrow(); // the file was checked for it
            Route known = before.get(settings);
            after.add(known != null && known.pool() == pool ? known : new Route(settings, pool));
        }
        if (!after.equals(routes)) {
            routes = List.copyOf(after);
            routeTable = new RouteTable(after);
        }
    }

    /** A listener that is gone takes no more connections, and ends those that it has within the grace time. */
    Future<Void> retire(Listener listener, Duration grace) {
        Future<Void> retired = listener.retire(grace);
        retiring.add(retired);
        return retired.onComplete(ended -> retiring.remove(retired));
    }

    /** All listeners do; completes when these are through, and those that went before, for whom the same grace time counts. */
    public Future<Void> retireAll(Duration grace) {
        Future<?> before =
                Future.any(Future.join(List.copyOf(retiring)), network.vertx().timer(Math.max(1, grace.toMillis())));
        List<Future<Void>> present =
                listeners.stream().map(listener -> listener.retire(grace)).toList();
        return Future.join(Future.join(present), before).mapEmpty();
    }

    /** These are the listeners from now on. */
    void take(List<Listener> next) {
        listeners = List.copyOf(next);
    }

    /** Requests are logged there from now on. */
    void take(Optional<AccessLog> next) {
        accessLog = next;
    }
}
