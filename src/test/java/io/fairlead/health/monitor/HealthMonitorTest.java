package io.fairlead.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Ground;
import io.fairlead.health.Health;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two members, probed every 2 s (500 ms while changing, 5 s while down; rise 2, fall 3), ejected for 10 s after 5 failures. */
class HealthMonitorTest implements MonitorListener {
    private record NoOptions() {}

    private final ScriptedTime time = new ScriptedTime();
    private final ScriptedProbe probe = new ScriptedProbe(time);
    private final Member a = new Member("app", "a", new MemberAddress("10.0.0.1", 9001));
    private final Member b = new Member("app", "b", new MemberAddress("10.0.0.1", 9002));
    private final TrafficEvidence evidence = new TrafficEvidence(List.of(a, b));
    private final Map<Member, Health> now = new HashMap<>();
    private final List<String> news = new ArrayList<>();
    private final List<String> ejections = new ArrayList<>();
    private final List<ProbeReport> reports = new ArrayList<>();
    private @Nullable HealthMonitor monitor;

    @BeforeEach
    void begin() {
        HealthSettings settings = new HealthSettings(
                new Choice("scripted", new NoOptions()),
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                2,
                3,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Share.parse("0%"),
                HealthSettings.Start.DOWN);
        OutlierSettings outlier =
                new OutlierSettings(5, 0, Duration.ofSeconds(10), Share.parse("50%"), OutlierSettings.Mode.ENFORCE);
        monitor = new HealthMonitor(
                Optional.of(new HealthMonitor.Active(
                        settings, probe, new HealthChecker.Environment(time, time, time, new Random(1)))),
                new HealthMonitor.Passive(
                        outlier,
                        evidence,
                        new OutlierDetector.Environment(
                                time,
                                Runnable::run,
                                time,
                                time,
                                member -> of(member).state().isServing())),
                this);
        probe.answers(ScriptedProbe.PASSED);
        for (Member member : List.of(a, b)) {
            now.put(member, Health.checking(time.instant()));
            monitor().add(member, of(member));
        }
        time.advanceMillis(1_000);
        assertThat(of(a).state()).isEqualTo(HealthState.UP);
        news.clear();
    }

    @Test
    void aMemberServesIfNeitherProbesNorTrafficSpeakAgainstIt() {
        fail(a, 5);
        assertThat(ejections).containsExactly("a FAILURES true");
        assertThat(of(a).state()).isEqualTo(HealthState.EJECTED);
        assertThat(of(a).source()).isEqualTo(Source.PASSIVE);
        assertThat(of(a).since()).isEqualTo(time.instant());
        assertThat(of(b).state()).isEqualTo(HealthState.UP);
    }

    @Test
    void anEjectedMemberIsProbedAtOnce() {
        int before = probe.calls.size();
        fail(a, 5);
        assertThat(probe.calls).hasSize(before + 1).last().matches(call -> call.member() == a);
        time.advanceMillis(1_999);
        assertThat(probe.calls.stream().skip(before).filter(call -> call.member() == a))
                .hasSize(1);
    }

    @Test
    void probesThatPassAllTheWhileAreBlindAndDoNotEndIt() {
        fail(a, 5);
        time.advanceMillis(9_999);
        assertThat(of(a).state()).isEqualTo(HealthState.EJECTED);
        time.advanceMillis(1);
        assertThat(of(a).state()).isEqualTo(HealthState.FALLING);
        assertThat(of(a).onTrial()).isTrue();
        pass(a);
        assertThat(of(a)).matches(health -> health.state() == HealthState.UP && !health.onTrial());
        assertThat(of(a).reason()).isEqualTo("answers again, after an ejection of 10 s");
    }

    @Test
    void probesThatSawItBeginAndEndDo() {
        probe.answers(ScriptedProbe.REFUSED);
        fail(a, 5);
        probe.answers(ScriptedProbe.PASSED);
        time.advanceMillis(500);
        assertThat(of(a).state()).isEqualTo(HealthState.EJECTED); // one pass of two
        time.advanceMillis(2_000);
        assertThat(of(a).state()).isEqualTo(HealthState.UP);
        assertThat(of(a).reason()).isEqualTo("probes pass again; its ejection ended early");
    }

    @Test
    void whatProbesTakeDownIsDownWhateverTrafficSays() {
        probe.answers(ScriptedProbe.REFUSED);
        fail(a, 5);
        time.advanceMillis(1_000);
        assertThat(of(a).state()).isEqualTo(HealthState.DOWN);
        assertThat(of(a).source()).isEqualTo(Source.ACTIVE);
        time.advanceMillis(30_000);
        assertThat(of(a).state()).isEqualTo(HealthState.DOWN);
        probe.answers(ScriptedProbe.PASSED);
        time.advanceMillis(10_000);
        assertThat(of(a).state()).isEqualTo(HealthState.UP);
        assertThat(news).startsWith("a ejected", "a down", "b down").contains("a up");
    }

    @Test
    void aFailingProbeAfterAnEjectionIsShownAsWhatItIs() {
        fail(a, 5);
        time.advanceMillis(10_000);
        pass(a);
        probe.answers(ScriptedProbe.STATUS_500);
        time.advanceMillis(2_000);
        assertThat(of(a).state()).isEqualTo(HealthState.FALLING);
        assertThat(of(a).reason()).startsWith("1 of 3 probes failed: status 500");
    }

    @Test
    void aCheckIsAProbeThatCounts() {
        probe.answers(ScriptedProbe.REFUSED);
        List<Health> told = new ArrayList<>();
        assertThat(monitor().check(a, told::add)).isTrue();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).reason()).isEqualTo("1 of 3 probes failed: connection refused");
        assertThat(reports.get(reports.size() - 1).count()).isEqualTo("1 of 3");
        assertThat(of(a)).isEqualTo(told.get(0));
    }

    @Test
    void eachProbeIsToldOnceAndWhatTrafficSaysIsNone() {
        time.advanceMillis(2_000);
        assertThat(reports).hasSameSizeAs(probe.calls);
        probe.answersLater();
        fail(a, 5);
        assertThat(of(a).state()).isEqualTo(HealthState.EJECTED);
        assertThat(reports).hasSize(probe.calls.size() - 1); // the one that is under way
    }

    @Test
    void aCheckJoinsTheProbeThatIsUnderWay() {
        var underWay = probe.answersLater();
        time.advanceMillis(2_000);
        int calls = probe.calls.size();
        List<Health> told = new ArrayList<>();
        assertThat(monitor().check(a, told::add)).isTrue();
        assertThat(monitor().check(a, told::add)).isTrue();
        underWay.complete(ScriptedProbe.PASSED);
        assertThat(told).hasSize(2);
        assertThat(probe.calls).hasSize(calls);
    }

    @Override
    public void observed(Member member, Health health) {
        if (health.state().isNewsAfter(of(member).state())) {
            news.add(member.id() + " " + health.state().name().toLowerCase(java.util.Locale.ROOT));
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

    private void fail(Member member, int times) {
        for (int i = 0; i < times; i++) {
            member.lease(evidence).close(Outcome.CONNECT_FAILED, time.getAsLong());
        }
    }

    private void pass(Member member) {
        Lease lease = member.lease(evidence);
        lease.sent(time.getAsLong());
        lease.answered(200, time.getAsLong());
        lease.close(Outcome.ANSWERED, time.getAsLong());
    }

    private Health of(Member member) {
        return now.getOrDefault(member, Health.checking(Instant.EPOCH));
    }

    private HealthMonitor monitor() {
        return Objects.requireNonNull(monitor);
    }
}
