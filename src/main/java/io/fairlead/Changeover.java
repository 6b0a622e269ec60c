package io.fairlead;

import io.fairlead.admin.program.Refusal;
import io.fairlead.config.Config;
import io.fairlead.member.Member;
import io.fairlead.pool.Intent;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolParts;
import io.fairlead.pool.PoolSettings;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.proxy.log.AccessLogSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteSettings;
import io.fairlead.route.RouteTable;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One way from what is in force to what a configuration says. First is made what may fail to be made; then members that come are
 * looked at, so that nobody has to leave before those who take his place are known; then all is changed in one turn of the
 * control context. What fails before that leaves everything as it was.
 *
 * <p>What is equal stays the same object, with its connections, counts, health and statistics; what changed goes by other
 * settings; what is gone finishes what it has. Control context only.
 */
final class Changeover {
    private static final Logger LOG = LoggerFactory.getLogger(Changeover.class);
    /** A member that hangs holds nobody up for longer. */
    private static final Duration WARM_UP = Duration.ofSeconds(2);

    private final Topology topology;
    private final Config next;
    private final Map<String, Intent> earlier;
    private final boolean atStart;
    private final Map<String, PoolParts> parts = new HashMap<>();
    private final Map<String, MemberWatch> newWatches = new HashMap<>();
    private final Map<MemberWatch, Intent> warmed = new LinkedHashMap<>();
    private final Map<ListenerSettings, Listener> listeners = new LinkedHashMap<>();
    private final List<Listener> newListeners = new ArrayList<>();
    private Optional<AccessLog> accessLog = Optional.empty();
    private Future<?> settling = Future.succeededFuture();

    /**
     * A way to this configuration.
     *
     * @param earlier what pools were to be when it was in force before, by their names, if it is gone back to; else empty
     */
    Changeover(Topology topology, Config next, Map<String, Intent> earlier) {
        this.topology = topology;
        this.next = next;
        this.earlier = earlier;
        this.atStart = topology.listeners().isEmpty();
    }

    /** Goes it; fails with a {@link Refusal}, with everything as before, if that cannot be. */
    Future<Void> go() {
        try {
            prepare();
        } catch (IllegalArgumentException | IllegalStateException e) {
            closeLog(accessLog);
            return refused(e);
        }
        Future<Void> warm = warmUp();
        if (atStart) { // there is nothing yet by which requests could be served, and whoever cannot listen ends
            commit();
        }
        Future<Void> bound = warm.compose(any -> bind());
        Future<Void> gone = atStart
                ? bound
                : bound.compose(any -> {
                    commit();
                    // so that what comes next goes by it, and may have the addresses
                    return settling.transform(settled -> Future.succeededFuture());
                });
        return gone.recover(cause -> {
            undo();
            return refused(cause);
        });
    }

    private static Future<Void> refused(Throwable cause) {
        return Future.failedFuture(new Refusal(List.of(String.valueOf(cause.getMessage()))));
    }

    private void prepare() {
        next.pools().forEach((name, settings) -> parts.put(name, parts(name, settings)));
        Set<Listener> taken = new HashSet<>();
        for (ListenerSettings settings : next.listeners()) {
            Listener listener = topology.listenerFor(settings, taken).orElseGet(() -> {
                Listener made = topology.newListener(settings);
                newListeners.add(made);
                return made;
            });
            taken.add(listener);
            listeners.put(settings, listener);
        }
        accessLog = keepsLog() ? topology.accessLog() : next.accessLog().flatMap(topology::open);
    }

    private PoolParts parts(String name, PoolSettings settings) {
        return topology.pool(name)
                .map(pool -> pool.parts().renewed(pool.intent().file(), settings, Strategies::of))
                .orElseGet(() -> PoolParts.of(settings, Strategies.of(settings)));
    }

    private boolean keepsLog() {
        Optional<AccessLogSettings> present = topology.accessLog().map(AccessLog::settings);
        return present.isPresent() && present.equals(next.accessLog());
    }

    /**
     * Lets in who comes where somebody has to go, and waits until all that came serve, for a while. At the start it waits only until
     * all are known: one that is out is no reason to serve nobody.
     */
    private Future<Void> warmUp() {
        List<Future<Void>> awaited = new ArrayList<>();
        next.pools().forEach((name, settings) -> {
            MemberWatch watch = topology.watches().get(name);
            if (watch == null) {
                Pool pool = new Pool(name, settings, Objects.requireNonNull(parts.get(name)), topology.environment());
                MemberWatch made = topology.newWatch(pool);
                newWatches.put(name, made);
                made.start();
                awaited.add(atStart ? made.known() : made.served());
            } else if (intent(watch.pool(), settings)
                    .replacesMembersOf(watch.pool().intent())) {
                warmed.put(watch, watch.pool().intent());
                become(
                        watch,
                        watch.pool().intent().joinedBy(settings),
                        watch.pool().parts());
                awaited.add(watch.served());
            }
        });
        if (awaited.isEmpty()) {
            return Future.succeededFuture();
        }
        return Future.any(Future.join(awaited), topology.network().vertx().timer(WARM_UP.toMillis()))
                .transform(any -> Future.succeededFuture());
    }

    private Intent intent(Pool pool, PoolSettings settings) {
        Intent then = earlier.get(pool.name());
        return then == null ? pool.intent().after(settings) : pool.intent().backTo(then);
    }

    private static void become(MemberWatch watch, Intent intent, PoolParts made) {
        watch.pool().become(intent, made);
        watch.update();
    }

    private Future<Void> bind() {
        Future<Void> bound = Future.succeededFuture();
        for (Listener listener : newListeners) {
            bound = bound.compose(any -> listener.start());
        }
        return bound;
    }

    private void undo() {
        newWatches.values().forEach(MemberWatch::stop);
        warmed.forEach((watch, before) -> become(
                watch, watch.pool().intent().after(before.file()), watch.pool().parts()));
        newListeners.stream().filter(Listener::isBound).forEach(this::retire);
        closeLog(accessLog.filter(log -> !topology.accessLog().equals(Optional.of(log))));
    }

    private void commit() {
        Set<Member> before = topology.members();
        commitPools();
        commitRoutes();
        Optional<AccessLog> oldLog = topology.accessLog();
        topology.take(accessLog);
        commitListeners();
        before.removeAll(topology.members());
        topology.forget(before);
        topology.stats()
                .retain(
                        topology.routes().stream()
                                .map(route -> route.settings().name())
                                .collect(Collectors.toSet()),
                        next.pools().keySet());
        closeLog(oldLog.filter(log -> !accessLog.equals(Optional.of(log))));
    }

    private void commitPools() {
        Map<String, MemberWatch> watches = new LinkedHashMap<>();
        next.pools().forEach((name, settings) -> {
            MemberWatch watch = topology.watches().get(name);
            if (watch == null) {
                watches.put(name, Objects.requireNonNull(newWatches.get(name)));
            } else {
                become(watch, intent(watch.pool(), settings), Objects.requireNonNull(parts.get(name)));
                watches.put(name, watch);
            }
        });
        topology.watches().forEach((name, watch) -> {
            if (!watches.containsKey(name)) {
                watch.stop();
            }
        });
        topology.take(watches);
    }

    private void commitRoutes() {
        Map<RouteSettings, Route> before = new HashMap<>();
        topology.routes().forEach(route -> before.put(route.settings(), route));
        List<Route> routes = new ArrayList<>();
        for (RouteSettings settings : next.routes()) {
            Pool pool = topology.pool(settings.pool()).orElseThrow(); // the file was checked for it
            Route known = before.get(settings);
            routes.add(known != null && known.pool() == pool ? known : new Route(settings, pool));
        }
        if (!routes.equals(topology.routes())) {
            topology.take(routes, new RouteTable(routes));
        }
    }

    private void commitListeners() {
        topology.listeners().stream()
                .filter(listener -> !listeners.containsValue(listener))
                .forEach(this::retire);
        listeners.forEach((settings, listener) -> {
            if (!listener.settings().equals(settings)) {
                settling = Future.join(
                        settling,
                        listener.change(settings, next.shutdown().grace())
                                .onFailure(cause ->
                                        LOG.error("listener {}: {}", settings.name(), cause.getMessage(), cause)));
            }
        });
        topology.take(List.copyOf(listeners.values()));
    }

    private void retire(Listener listener) {
        settling = Future.join(settling, listener.close());
        listener.retire(next.shutdown().grace())
                .onFailure(
                        cause -> LOG.warn("listener {}: {}", listener.settings().name(), cause.getMessage(), cause));
    }

    private void closeLog(Optional<AccessLog> log) {
        log.ifPresent(each -> topology.network().vertx().executeBlocking(() -> {
            each.close();
            return null;
        }));
    }
}
