package io.fairlead;

import io.fairlead.health.Ground;
import io.fairlead.health.Health;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.Scheduler;
import io.fairlead.health.SharedTimer;
import io.fairlead.health.Source;
import io.fairlead.health.monitor.HealthMonitor;
import io.fairlead.health.monitor.MonitorListener;
import io.fairlead.health.outlier.OutlierDetector;
import io.fairlead.health.outlier.RecentLatency;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.settings.Providers;
import io.fairlead.stats.Latency;
import io.fairlead.stats.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a pool told of its members: resolves those that have names, and passes on what probes and live traffic say. Control
 * context only.
 */
final class MemberWatch implements MonitorListener {
    private static final Logger LOG = LoggerFactory.getLogger(MemberWatch.class);
    private static final long RESOLVE_AGAIN_MS = 30_000;
    private static final long RESOLVE_SOON_MS = 1_000;
    private static final Duration RECENT = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Pool pool;
    private final Stats stats;
    private final boolean checked;
    private final HealthMonitor monitor;
    private final Promise<Void> known = Promise.promise();
    private final Set<Member> unknown = new HashSet<>();
    private final Set<Member> nameless = new HashSet<>();
    private boolean stopped;

    MemberWatch(Vertx vertx, Pool pool, Stats stats) {
        this.vertx = vertx;
        this.pool = pool;
        this.stats = stats;
        this.checked = pool.settings().health().isPresent();
        Context control = vertx.getOrCreateContext();
        Scheduler scheduler = new SharedTimer(new VertxScheduler(vertx), System::nanoTime);
        this.monitor = new HealthMonitor(
                pool.settings().health().map(settings -> active(settings, scheduler)),
                new HealthMonitor.Passive(
                        pool.settings().outlier(),
                        pool.evidence(),
                        new OutlierDetector.Environment(
                                scheduler,
                                task -> control.runOnContext(v -> task.run()),
                                System::nanoTime,
                                InstantSource.system(),
                                pool::serves)),
                this);
    }

    private HealthMonitor.Active active(HealthSettings settings, Scheduler scheduler) {
        var environment = new HealthChecker.Environment(
                scheduler, System::nanoTime, InstantSource.system(), RandomGenerator.getDefault());
        return new HealthMonitor.Active(settings, probe(settings, scheduler), environment);
    }

    @SuppressWarnings("unchecked") // a choice's options are of its provider's type: the configuration bound them so
    private Probe probe(HealthSettings settings, Scheduler scheduler) {
        ProbeProvider<Record> provider =
                Providers.named(ProbeProvider.class, settings.type().name());
        return provider.create(
                settings.type().options(),
                new ProbeProvider.Environment(vertx, scheduler, System::nanoTime, settings.timeout(), pool.tls()));
    }

    void start() {
        for (Member member : pool.members()) {
            unknown.add(member);
        }
        for (Member member : pool.members()) {
            Health first = firstHealth(member);
            monitor.add(member, first);
            if (!checked) {
                observed(member, first);
            }
            if (member.isNamed()) {
                resolve(member);
            }
        }
    }

    private Health firstHealth(Member member) {
        if (checked) {
            return Health.checking(Instant.now());
        }
        return member.isNamed()
                ? Health.unresolved(Instant.now(), "its host name is being looked up")
                : Health.unchecked(Instant.now());
    }

    /** Completes when of every member it is known whether it serves: its first probe has ended, its name was looked up. */
    Future<Void> known() {
        return known.future();
    }

    /** Whose members it watches. */
    Pool pool() {
        return pool;
    }

    @Override
    public void observed(Member member, Health health) {
        pool.observe(member, health);
        boolean lookedUp = health.state() != HealthState.UNRESOLVED || nameless.contains(member);
        if (health.state() != HealthState.CHECKING && lookedUp) {
            known(member);
        }
    }

    @Override
    public void probed(Member member, ProbeReport report) {
        pool.history(member).add(report);
    }

    private void known(Member member) {
        if (unknown.remove(member) && unknown.isEmpty()) {
            known.tryComplete();
        }
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
    Future<Health> check(Member member) {
        if (!checked) {
            return Future.failedFuture(new IllegalStateException("no health check is configured for this pool"));
        }
        Promise<Health> ended = Promise.promise();
        return monitor.check(member, ended::tryComplete)
                ? ended.future()
                : Future.failedFuture(new IllegalStateException("its host name leads to no address"));
    }

    private void resolve(Member member) {
        if (stopped) {
            return;
        }
        String host = member.address().host();
        vertx.executeBlocking(() -> InetAddress.getByName(host).getHostAddress(), false)
                .onComplete(result -> {
                    if (stopped) {
                        return;
                    }
                    if (result.succeeded()) {
                        resolved(member, result.result());
                    } else if (member.ip() == null) {
                        leadsNowhere(member);
                    }
                    long again = result.succeeded() ? RESOLVE_AGAIN_MS : RESOLVE_SOON_MS;
                    vertx.setTimer(again, id -> resolve(member));
                });
    }

    private void leadsNowhere(Member member) {
        if (nameless.add(member)) {
            LOG.warn(
                    "member {}: {} leads nowhere; it is looked up again each second",
                    member,
                    member.address().host());
        }
        if (!checked) {
            monitor.observed(member, Health.unresolved(Instant.now(), "the host name leads nowhere"));
        }
        known(member);
    }

    private void resolved(Member member, String ip) {
        if (ip.equals(member.ip())) {
            return;
        }
        LOG.info("member {}: {} leads to {}", member, member.address().host(), ip);
        member.resolved(ip);
        nameless.remove(member);
        if (!checked) {
            monitor.observed(member, Health.unchecked(Instant.now()));
        }
    }

    /** Follows the traffic; to be called once a second, after a sample was taken. */
    void look() {
        monitor.look();
        if (monitor.comparesLatencies()) {
            Map<Member, RecentLatency> latencies = new LinkedHashMap<>();
            for (Member member : pool.members()) {
                Latency latency = stats.recent(member, RECENT);
                latencies.put(member, new RecentLatency(latency.count(), latency.p90()));
            }
            monitor.compare(latencies);
        }
    }

    void stop() {
        stopped = true;
        monitor.stop();
    }
}
