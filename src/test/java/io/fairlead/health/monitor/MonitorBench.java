package io.fairlead.health.monitor;

import io.fairlead.health.Ground;
import io.fairlead.health.Health;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ScriptedProbe;
import io.fairlead.health.ScriptedTime;
import io.fairlead.health.Source;
import io.fairlead.health.outlier.OutlierDetector;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.health.outlier.TrafficEvidence;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Choice;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;

/**
 * Two members under scripted time, probed every 2 s (500 ms while changing, 5 s while down; rise 2, fall 3), ejected for 10 s
 * after 5 failures, and a record of what is told of them.
 */
final class MonitorBench implements MonitorListener {
    private record NoOptions() {}

    final ScriptedTime time = new ScriptedTime();
    final ScriptedProbe probe = new ScriptedProbe(time);
    final Member a = new Member("app", "a", new MemberAddress("10.0.0.1", 9001));
    final Member b = new Member("app", "b", new MemberAddress("10.0.0.1", 9002));
    final TrafficEvidence evidence = new TrafficEvidence(List.of(a, b));
    final List<String> news = new ArrayList<>();
    final List<String> ejections = new ArrayList<>();
    final List<ProbeReport> reports = new ArrayList<>();
    final HealthMonitor monitor;
    private final Map<Member, Health> now = new HashMap<>();

    private MonitorBench(boolean checked) {
        monitor = new HealthMonitor(
                checked ? Optional.of(by(2, 3, probe)) : Optional.empty(),
                new HealthMonitor.Passive(
                        outlier(5),
                        evidence,
                        new OutlierDetector.Environment(
                                time,
                                Runnable::run,
                                time,
                                time,
                                member -> of(member).state().isServing())),
                this);
    }

    /** Both were up at once when they were probed. */
    static MonitorBench checked() {
        MonitorBench bench = new MonitorBench(true);
        bench.probe.answers(ScriptedProbe.PASSED);
        bench.watch(bench.a, Health.checking(bench.time.instant()));
        bench.watch(bench.b, Health.checking(bench.time.instant()));
        bench.time.advanceMillis(1_000);
        bench.news.clear();
        return bench;
    }

    /** Both count as up, as nothing checks them. */
    static MonitorBench unchecked() {
        MonitorBench bench = new MonitorBench(false);
        bench.watch(bench.a, Health.unchecked(bench.time.instant()));
        bench.watch(bench.b, Health.unchecked(bench.time.instant()));
        bench.time.advanceMillis(1_000);
        return bench;
    }

    /** Watches a member of which this is known. */
    void watch(Member member, Health known) {
        evidence.add(member);
        now.put(member, known);
        monitor.add(member, known);
    }

    /** A check by other probes. */
    HealthMonitor.Active by(int rise, int fall, Probe other) {
        HealthSettings settings = new HealthSettings(
                new Choice("scripted", new NoOptions()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                rise,
                fall,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Share.parse("0%"),
                HealthSettings.Start.DOWN);
        return new HealthMonitor.Active(
                settings, other, new HealthChecker.Environment(time, time, time, new Random(1)));
    }

    /** Ejected after so many failures. */
    static OutlierSettings outlier(int failures) {
        return new OutlierSettings(
                failures, 0, Duration.ofSeconds(10), Share.parse("50%"), OutlierSettings.Mode.ENFORCE);
    }

    @Override
    public void observed(Member member, Health health) {
        if (health.state().isNewsAfter(of(member).state())) {
            news.add(member.id() + " " + health.state().name().toLowerCase(Locale.ROOT));
        }
        now.put(member, health);
    }

    @Override
    public void ejected(Member member, Ground ground, boolean enforced) {
        ejections.add(member.id() + " " + ground + " " + enforced);
    }

    @Override
    public void probed(Member member, ProbeReport report) {
        reports.add(report);
    }

    @Override
    public void remarked(Member member, Source source, String words) {
        news.add(member.id() + " " + words);
    }

    /** So many requests that find no connection. */
    void fail(Member member, int times) {
        for (int i = 0; i < times; i++) {
            member.lease(evidence).close(Outcome.CONNECT_FAILED, time.getAsLong());
        }
    }

    /** A request that is answered well. */
    void pass(Member member) {
        Lease lease = member.lease(evidence);
        lease.sent(time.getAsLong());
        lease.answered(200, time.getAsLong());
        lease.close(Outcome.ANSWERED, time.getAsLong());
    }

    /** What was told of a member last. */
    Health of(Member member) {
        return Objects.requireNonNullElse(now.get(member), Health.checking(Instant.EPOCH));
    }
}
