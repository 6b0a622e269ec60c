package io.fairlead.admin;

import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.events.PoolEvents;
import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.Source;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.route.Route;
import io.fairlead.route.RouteSettings;
import io.fairlead.settings.Choice;
import io.fairlead.settings.ListenAddress;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A program whose every fact is set by the test. */
public final class ScriptedProgram implements Program {
    public static final Instant START = Instant.parse("2026-01-02T03:04:05Z");

    private record NoOptions() {}

    public final List<Pool> pools = new ArrayList<>();
    public final EventLog events = new EventLog(InstantSource.fixed(START));
    Function<Member, Future<Health>> checks =
            member -> Future.failedFuture(new IllegalStateException("no health check is configured for this pool"));
    public final ScriptedControl control = new ScriptedControl(this);
    public boolean listening = true;
    public boolean draining;
    String version = "1.2.3";
    public Optional<LoadedConfig.Reload> lastReload = Optional.empty();
    public String file = "config.toml";
    public LoadedConfig.Reloads reloads = new LoadedConfig.Reloads(0, 0);

    /** A pool of two members, the second with an id of its own and twice the weight; nothing checks them. */
    public Pool addPool(String name) {
        return add(new PoolBuilder(name)
                .choice(new Choice("round-robin", new NoOptions()))
                .member("127.0.0.1:9001", "", 1, 0)
                .member("127.0.0.1:9002", "blue", 2, 0));
    }

    /** Any other pool. */
    public Pool add(PoolBuilder builder) {
        Pool pool = builder.clock(InstantSource.fixed(START))
                .listener(new PoolEvents(events))
                .build();
        pools.add(pool);
        return pool;
    }

    /** A probe found this member refusing connections. */
    public static void takeDown(Pool pool, int index) {
        ProbeReport probe = new ProbeReport(
                new ProbeResult.Failed(ProbeResult.Reason.CONNECT, "connection refused"),
                START.plusSeconds(9),
                Duration.ofMillis(1),
                START.plusSeconds(14),
                "3 of 3");
        Member member = pool.members().get(index);
        pool.history(member).add(probe);
        pool.observe(member, new Health(HealthState.DOWN, START.plusSeconds(9), Source.ACTIVE, "connection refused"));
    }

    /** A probe found this member well. */
    public static void bringUp(Pool pool, int index) {
        ProbeReport probe = new ProbeReport(
                new ProbeResult.Passed("200"),
                START.plusSeconds(9),
                Duration.ofNanos(1_234_567),
                START.plusSeconds(11),
                "2 of 2");
        Member member = pool.members().get(index);
        pool.history(member).add(probe);
        pool.observe(member, new Health(HealthState.UP, START, Source.ACTIVE, "2 of 2 probes passed"));
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Instant startedAt() {
        return START;
    }

    @Override
    public boolean isListening() {
        return listening;
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public Control control() {
        return control;
    }

    @Override
    public LoadedConfig config() {
        return new LoadedConfig(file, "abc", START, lastReload, reloads);
    }

    @Override
    public List<BoundListener> listeners() {
        return List.of(new BoundListener("web", ListenAddress.parse("127.0.0.1:8080")));
    }

    @Override
    public List<Pool> pools() {
        return pools;
    }

    @Override
    public EventLog events() {
        return events;
    }

    @Override
    public Future<Health> check(Pool pool, Member member) {
        return checks.apply(member);
    }

    @Override
    public List<Route> routes() {
        return pools.stream()
                .filter(pool -> pool.name().equals("app"))
                .map(pool -> new Route(RouteSettings.everythingTo("app"), pool))
                .toList();
    }
}
