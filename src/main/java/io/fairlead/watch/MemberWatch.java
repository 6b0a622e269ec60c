package io.fairlead.watch;

import io.fairlead.health.Ground;
import io.fairlead.health.Health;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.Scheduler;
import io.fairlead.health.SharedTimer;
import io.fairlead.health.Source;
import io.fairlead.health.monitor.HealthMonitor;
import io.fairlead.health.monitor.MonitorListener;
import io.fairlead.health.outlier.OutlierDetector;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.health.outlier.RecentLatency;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.stats.Latency;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Keeps a pool told of its members: where the names of those that have names lead, and what probes and live traffic say. Which
 * members, and by which settings, may change: see {@link #update}. Control context only.
 */
public final class MemberWatch implements MonitorListener, NameLookup.Listener {
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Pool pool;
    private final Stats stats;
    private final Scheduler scheduler;
    private final HealthMonitor monitor;
    private final NameLookup names;
    private final Set<Member> watched = new LinkedHashSet<>();
    private final Roll unknown = new Roll();
    private final Roll idle = new Roll();
    private Rules rules;
    private boolean stopped;

    /** The settings of a pool that matter to a watch. */
    private record Rules(Optional<HealthSettings> health, Optional<MemberTls> tls, OutlierSettings outlier) {
        static Rules of(Pool pool) {
            return new Rules(
                    pool.settings().health(), pool.tls(), pool.settings().outlier());
        }

        boolean probeLike(Rules other) {
            return health.equals(other.health) && (health.isEmpty() || tls.equals(other.tls));
        }
    }

    /** One that watches nobody yet. */
    public MemberWatch(Vertx vertx, Pool pool, Stats stats) {
        this.vertx = vertx;
        this.pool = pool;
        this.stats = stats;
        this.rules = Rules.of(pool);
        this.scheduler = new SharedTimer(new VertxScheduler(vertx), System::nanoTime);
        this.names = new NameLookup(this::resolve, scheduler, this);
        Context control = vertx.getOrCreateContext();
        this.monitor = new HealthMonitor(
                active(rules),
                new HealthMonitor.Passive(
                        rules.outlier(),
                        pool.evidence(),
                        new OutlierDetector.Environment(
                                scheduler,
                                task -> control.runOnContext(v -> task.run()),
                                System::nanoTime,
                                InstantSource.system(),
                                pool::serves)),
                this);
    }

    private Optional<HealthMonitor.Active> active(Rules by) {
        var environment = new HealthChecker.Environment(
                scheduler, System::nanoTime, InstantSource.system(), RandomGenerator.getDefault());
        return by.health()
                .map(settings -> new HealthMonitor.Active(
                        settings, Probes.of(settings, by.tls(), vertx, scheduler), environment));
    }

    /** Watches all members of the pool from now on. */
    public void start() {
        begin(toBeWatched());
    }

    /** All members but those in maintenance: whoever works on one has peace, and it is looked at anew when it comes back. */
    private Set<Member> toBeWatched() {
        return pool.settings().members().stream().anyMatch(one -> one.admin() == AdminState.MAINTENANCE)
                ? pool.status().stream()
                        .filter(status -> status.admin() != AdminState.MAINTENANCE)
                        .map(MemberStatus::member)
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : new LinkedHashSet<>(pool.members());
    }

    private void begin(Collection<Member> members) {
        unknown.add(members);
        idle.add(members);
        members.forEach(this::watch);
    }

    private boolean isChecked() {
        return rules.health().isPresent();
    }

    private void watch(Member member) {
        watched.add(member);
        Health first = firstHealth(member);
        monitor.add(member, first);
        if (!isChecked()) {
            observed(member, first);
        }
        names.add(member);
    }

    private Health firstHealth(Member member) {
        if (isChecked()) {
            return Health.checking(Instant.now());
        }
        return member.isNamed()
                ? Health.unresolved(Instant.now(), "its host name is being looked up")
                : Health.unchecked(Instant.now());
    }

    /**
     * Follows the pool, which has taken other settings: watches the members that came, as at the start, lets go of those that
     * went, and checks by the present settings. Of those that stayed, all that is known is kept. Does nothing once stopped.
     */
    public void update() {
        if (stopped) {
            return;
        }
        Rules before = rules;
        Rules present = Rules.of(pool);
        Set<Member> members = toBeWatched();
        watched.stream().filter(member -> !members.contains(member)).toList().forEach(this::unwatch);
        if (!present.probeLike(before)) {
            monitor.reconfigure(active(present));
        }
        rules = present;
        monitor.reconfigure(present.outlier());
        begin(members.stream().filter(member -> !watched.contains(member)).toList());
    }

    private void unwatch(Member member) {
        watched.remove(member);
        names.remove(member);
        monitor.remove(member);
        unknown.strike(member);
        idle.strike(member);
    }

    /** Completes when of all that are watched now it is known whether they serve: first probes have ended, names were looked up. */
    public Future<Void> known() {
        return unknown.done();
    }

    /** Completes when all that are watched now have served. */
    public Future<Void> served() {
        return idle.done();
    }

    /** Whose members it watches. */
    public Pool pool() {
        return pool;
    }

    @Override
    public void observed(Member member, Health health) {
        pool.observe(member, health);
        if (health.state() != HealthState.CHECKING && health.state() != HealthState.UNRESOLVED) {
            unknown.strike(member);
        }
        if (health.state().isServing()) {
            idle.strike(member);
        }
    }

    @Override
    public void probed(Member member, ProbeReport report) {
        pool.history(member).add(report);
    }

    @Override
    public void ejected(Member member, Ground ground, boolean enforced) {
        pool.history(member).tally().ejected(ground, enforced);
    }

    @Override
    public void remarked(Member member, Source source, String words) {
        pool.remark(member, source, words);
    }

    /**
     * Probes a member now.
     *
     * @return all that is known of it then; fails with an {@link IllegalStateException} that says why, if it cannot be probed
     */
    public Future<Health> check(Member member) {
        if (!isChecked()) {
            return Future.failedFuture(new IllegalStateException("no health check is configured for this pool"));
        }
        if (!watched.contains(member)) {
            return Future.failedFuture(
                    new IllegalStateException("it is in maintenance, and not probed until it is ready"));
        }
        Promise<Health> ended = Promise.promise();
        return monitor.check(
                        member,
                        health -> health.ifPresentOrElse(
                                ended::tryComplete,
                                () -> ended.tryFail(new IllegalStateException("it is checked no longer"))))
                ? ended.future()
                : Future.failedFuture(new IllegalStateException("its host name leads to no address"));
    }

    private Future<String> resolve(String host) {
        return vertx.executeBlocking(() -> InetAddress.getByName(host).getHostAddress(), false);
    }

    @Override
    public void resolved(Member member) {
        if (!isChecked()) {
            monitor.observed(member, Health.unchecked(Instant.now()));
        }
    }

    @Override
    public void leadsNowhere(Member member) {
        if (!isChecked()) {
            monitor.observed(member, Health.unresolved(Instant.now(), "the host name leads nowhere"));
        }
        unknown.strike(member);
    }

    /** Follows the traffic; to be called once a second, after a sample was taken. */
    public void look() {
        monitor.look();
        if (monitor.comparesLatencies()) {
            Map<Member, RecentLatency> latencies = new LinkedHashMap<>();
            for (Member member : watched) {
                Latency latency = stats.recent(member, RECENT);
                latencies.put(member, new RecentLatency(latency.count(), latency.p90()));
            }
            monitor.compare(latencies);
        }
    }

    /** Watches nobody any longer. */
    public void stop() {
        stopped = true;
        names.stop();
        monitor.stop();
    }
}
