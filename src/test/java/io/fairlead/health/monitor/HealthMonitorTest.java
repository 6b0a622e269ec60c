package io.fairlead.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.ScriptedProbe;
import io.fairlead.health.Source;
import io.fairlead.member.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
    private final MonitorBench bench = MonitorBench.checked();
    private final Member a = bench.a;
    private final Member b = bench.b;

    @Test
    void aMemberServesIfNeitherProbesNorTrafficSpeakAgainstIt() {
        bench.fail(a, 5);
        assertThat(bench.ejections).containsExactly("a FAILURES true");
        assertThat(bench.of(a).state()).isEqualTo(HealthState.EJECTED);
        assertThat(bench.of(a).source()).isEqualTo(Source.PASSIVE);
        assertThat(bench.of(a).since()).isEqualTo(bench.time.instant());
        assertThat(bench.of(b).state()).isEqualTo(HealthState.UP);
    }

    @Test
    void anEjectedMemberIsProbedAtOnce() {
        int before = bench.probe.calls.size();
        bench.fail(a, 5);
        assertThat(bench.probe.calls).hasSize(before + 1).last().matches(call -> call.member() == a);
        bench.time.advanceMillis(1_999);
        assertThat(bench.probe.calls.stream().skip(before).filter(call -> call.member() == a))
                .hasSize(1);
    }

    @Test
    void probesThatPassAllTheWhileAreBlindAndDoNotEndIt() {
        bench.fail(a, 5);
        bench.time.advanceMillis(9_999);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.EJECTED);
        bench.time.advanceMillis(1);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.FALLING);
        assertThat(bench.of(a).onTrial()).isTrue();
        bench.pass(a);
        assertThat(bench.of(a)).matches(health -> health.state() == HealthState.UP && !health.onTrial());
        assertThat(bench.of(a).reason()).isEqualTo("answers again, after an ejection of 10 s");
    }

    @Test
    void probesThatSawItBeginAndEndDo() {
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.fail(a, 5);
        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(500);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.EJECTED); // one pass of two
        bench.time.advanceMillis(2_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.UP);
        assertThat(bench.of(a).reason()).isEqualTo("probes pass again; its ejection ended early");
    }

    @Test
    void whatProbesTakeDownIsDownWhateverTrafficSays() {
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.fail(a, 5);
        bench.time.advanceMillis(1_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.DOWN);
        assertThat(bench.of(a).source()).isEqualTo(Source.ACTIVE);
        bench.time.advanceMillis(30_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.DOWN);
        bench.probe.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(10_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.UP);
        assertThat(bench.news).startsWith("a ejected", "a down", "b down").contains("a up");
    }

    @Test
    void aFailingProbeAfterAnEjectionIsShownAsWhatItIs() {
        bench.fail(a, 5);
        bench.time.advanceMillis(10_000);
        bench.pass(a);
        bench.probe.answers(ScriptedProbe.STATUS_500);
        bench.time.advanceMillis(2_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.FALLING);
        assertThat(bench.of(a).reason()).startsWith("1 of 3 probes failed: status 500");
    }

    @Test
    void aCheckIsAProbeThatCounts() {
        bench.probe.answers(ScriptedProbe.REFUSED);
        List<Optional<Health>> told = new ArrayList<>();
        assertThat(bench.monitor.check(a, told::add)).isTrue();
        assertThat(told).hasSize(1);
        assertThat(told.get(0).orElseThrow().reason()).isEqualTo("1 of 3 probes failed: connection refused");
        assertThat(bench.reports.get(bench.reports.size() - 1).count()).isEqualTo("1 of 3");
        assertThat(bench.of(a)).isEqualTo(told.get(0).orElseThrow());
    }

    @Test
    void eachProbeIsToldOnceAndWhatTrafficSaysIsNone() {
        bench.time.advanceMillis(2_000);
        assertThat(bench.reports).hasSameSizeAs(bench.probe.calls);
        bench.probe.answersLater();
        bench.fail(a, 5);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.EJECTED);
        assertThat(bench.reports).hasSize(bench.probe.calls.size() - 1); // the one that is under way
    }

    @Test
    void aCheckJoinsTheProbeThatIsUnderWay() {
        var underWay = bench.probe.answersLater();
        bench.time.advanceMillis(2_000);
        int calls = bench.probe.calls.size();
        List<Optional<Health>> told = new ArrayList<>();
        assertThat(bench.monitor.check(a, told::add)).isTrue();
        assertThat(bench.monitor.check(a, told::add)).isTrue();
        underWay.complete(ScriptedProbe.PASSED);
        assertThat(told).hasSize(2);
        assertThat(bench.probe.calls).hasSize(calls);
    }
}
