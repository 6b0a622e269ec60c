package io.fairlead.admin.program;

import io.fairlead.admin.events.EventLog;
import io.fairlead.health.Health;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.route.Route;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the operator's window asks of the program that it looks into. Control context only. */
public interface Program {
    /** As released: {@code "0.1.0"}. */
    String version();

    /** When the process began. */
    Instant startedAt();

    /** Whether every listener is bound. */
    boolean isListening();

    /** Whether it was told to stop, and only finishes what it has. */
    boolean isDraining();

    /** What may be changed of it as a whole. */
    Control control();

    /** The configuration that it obeys. */
    LoadedConfig config();

    /** Its listeners, in the order of the file. */
    List<BoundListener> listeners();

    /** Its pools, in the order of the file. */
    List<Pool> pools();

    /** Its routes, in the order of the file; the pool of each is one of {@link #pools()}. */
    List<Route> routes();

    /** The names of the pools that a route leads to. */
    default Set<String> routedPools() {
        return routes().stream().map(route -> route.pool().name()).collect(Collectors.toSet());
    }

    /** What happened. */
    EventLog events();

    /**
     * Probes a member now; the result counts as that of any other probe. Control context only.
     *
     * @return all that is known of it then; fails with an {@link IllegalStateException} that says why, if it cannot be probed
     */
    Future<Health> check(Pool pool, Member member);
}
