package io.fairlead.reload;

import io.fairlead.admin.program.Refusal;
import io.fairlead.config.Config;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.network.Listener;
import io.fairlead.pool.Intent;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolParts;
import io.fairlead.pool.PoolSettings;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.proxy.log.AccessLogSettings;
import io.fairlead.watch.MemberWatch;
import io.fairlead.watch.Probes;
import io.fairlead.watch.VertxScheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
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
    private final Goal goal;
    private final Config next;
    private final boolean atStart;
    private final Map<String, PoolParts> parts = new HashMap<>();
    private final Map<String, MemberWatch> newWatches = new HashMap<>();
    private final Map<MemberWatch, Intent> warmed = new LinkedHashMap<>();
    private final Map<ListenerSettings, Listener> listeners = new LinkedHashMap<>();
    private final List<Listener> newListeners = new ArrayList<>();
    private Optional<AccessLog> accessLog = Optional.empty();
    private Future<?> settling = Future.succeededFuture();

    Changeover(Topology topology, Goal goal) {
        this.topology = topology;
        this.goal = goal;
        this.next = goal.config();
        this.atStart = topology.listeners().isEmpty();
    }

    /** Goes it; fails with a {@link Refusal}, with everything as before, if that cannot be. */
    Future<Void> go() {
        try {
            prepare();
        } catch (IllegalArgumentException | IllegalStateException e) {
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
                    return settling.transform(settled -> nextTurn());
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
        next.pools().forEach((name, settings) -> {
            PoolParts made = parts(name, settings);
            parts.put(name, made);
            boolean probedAlike = topology.pool(name)
                    .filter(pool -> pool.settings().health().equals(settings.health())
                            && pool.tls().equals(made.tls()))
                    .isPresent();
            if (!probedAlike) {
                tryProbe(settings, made.tls());
            }
        });
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
        Optional<Pool> present = topology.pool(name);
        present.ifPresent(pool -> goal.intent(pool, settings)); // that there is one that can be obeyed
        return present.map(pool -> goal.parts(pool, settings)).orElseGet(() -> goal.parts(name, settings));
    }

    /** Whether a probe can be made is to be known before anything is changed; the one that is used its watch makes. */
    private void tryProbe(PoolSettings settings, Optional<MemberTls> tls) {
        Vertx vertx = topology.network().vertx();
        settings.health()
                .ifPresent(health ->
                        Probes.of(health, tls, vertx, new VertxScheduler(vertx)).close());
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
                MemberWatch made = topology.newWatch(newPool(name, settings));
                newWatches.put(name, made);
                made.start();
                awaited.add(atStart ? made.known() : made.served());
            } else if (goal.intent(watch.pool(), settings)
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
                .transform(any -> nextTurn());
    }

    /** By then pools have made of what was observed of their members whom they give requests to. */
    private Future<Void> nextTurn() {
        Promise<Void> turn = Promise.promise();
        topology.network().vertx().runOnContext(v -> turn.complete());
        return turn.future();
    }

    private Pool newPool(String name, PoolSettings settings) {
        PoolParts made = Objects.requireNonNull(parts.get(name));
        Pool pool = new Pool(name, settings, made, topology.environment());
        Intent intent = goal.intent(name, settings);
        if (!intent.equals(pool.intent())) {
            pool.become(intent, made);
        }
        return pool;
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
        Set<Member> members = topology.members();
        warmed.forEach((watch, before) ->
                become(watch, watch.pool().intent().backTo(before), watch.pool().parts()));
        members.removeAll(topology.members());
        topology.forget(members);
        newListeners.stream().filter(Listener::isBound).forEach(this::retire);
        closeLog(accessLog.filter(log -> !topology.accessLog().equals(Optional.of(log))));
    }

    private void commit() {
        Map<MemberWatch, Intent> intents = intents();
        Set<Member> before = topology.members();
        commitPools(intents);
        topology.route(next.routes());
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

    /** What pools become that there are already: orders may have been given while newcomers were looked at. */
    private Map<MemberWatch, Intent> intents() {
        Map<MemberWatch, Intent> intents = new HashMap<>();
        next.pools().forEach((name, settings) -> {
            MemberWatch watch = topology.watches().get(name);
            if (watch != null) {
                intents.put(watch, goal.intent(watch.pool(), settings));
            }
        });
        return intents;
    }

    private void commitPools(Map<MemberWatch, Intent> intents) {
        Map<String, MemberWatch> watches = new LinkedHashMap<>();
        next.pools().keySet().forEach(name -> {
            MemberWatch watch = topology.watches().get(name);
            if (watch == null) {
                watches.put(name, Objects.requireNonNull(newWatches.get(name)));
            } else {
                become(watch, Objects.requireNonNull(intents.get(watch)), Objects.requireNonNull(parts.get(name)));
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
        topology.retire(listener, next.shutdown().grace())
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
