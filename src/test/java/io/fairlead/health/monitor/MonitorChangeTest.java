package io.fairlead.health.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ScriptedProbe;
import io.fairlead.health.Source;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Probes come, change and go, and so do members, while a monitor runs. */
class MonitorChangeTest {
    private final MonitorBench bench = MonitorBench.checked();
    private final ScriptedProbe other = new ScriptedProbe(bench.time);
    private final Member a = bench.a;
    private final Member b = bench.b;

    @Test
    void whoIsUpStaysUpThroughOtherProbesAndFallsByTheirCount() {
        Health before = bench.of(a);
        other.answers(ScriptedProbe.REFUSED);
        bench.monitor.reconfigure(Optional.of(bench.by(2, 4, other)));
        assertThat(bench.of(a)).isSameAs(before);
        bench.time.advanceMillis(1_500); // three failures each
        assertThat(bench.of(a).state()).isEqualTo(HealthState.FALLING);
        assertThat(bench.news).isEmpty();
        bench.time.advanceMillis(500);
        assertThat(bench.news).containsExactlyInAnyOrder("a down", "b down");
    }

    @Test
    void whoIsEjectedStaysSoUntilItsEndWhateverBecomesOfTheProbes() {
        bench.fail(a, 5);
        Health ejected = bench.of(a);
        other.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(3_000);
        bench.monitor.reconfigure(Optional.of(bench.by(1, 1, other)));
        bench.time.advanceMillis(3_000);
        bench.monitor.reconfigure(Optional.empty());
        assertThat(bench.of(a)).isEqualTo(ejected);
        bench.time.advanceMillis(3_999);
        assertThat(bench.of(a)).isEqualTo(ejected);
        bench.time.advanceMillis(1);
        assertThat(bench.of(a)).matches(Health::onTrial);
        assertThat(bench.news).containsExactly("a ejected", "a falling");
    }

    @Test
    void anIllnessThatOtherProbesSawIsNoneThatTheseSee() {
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.fail(a, 5); // the probe at once sees it, too
        other.answers(ScriptedProbe.PASSED);
        bench.monitor.reconfigure(Optional.of(bench.by(1, 3, other)));
        bench.time.advanceMillis(9_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.EJECTED);
    }

    @Test
    void withoutProbesWhoHasAnAddressIsUpAtOnce() {
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.time.advanceMillis(5_000);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.DOWN);
        bench.news.clear();
        bench.monitor.reconfigure(Optional.empty());
        assertThat(bench.news).containsExactly("a up", "b up");
        assertThat(bench.of(a)).isEqualTo(Health.unchecked(bench.time.instant()));
        assertThat(bench.probe.closed).isTrue();
        assertThat(bench.time.pending()).isZero();
        assertThat(bench.monitor.check(a, health -> {})).isFalse();
    }

    @Test
    void withoutProbesWhoWasUpIsUpSinceThen() {
        Instant since = bench.of(a).since();
        bench.monitor.reconfigure(Optional.empty());
        assertThat(bench.of(a)).isEqualTo(Health.unchecked(since));
        assertThat(bench.news).isEmpty();
    }

    @Test
    void withoutProbesWhoHasNoAddressIsUnresolvedStill() {
        Member named = new Member("app", "c", new MemberAddress("app.internal", 9001));
        bench.watch(named, Health.checking(bench.time.instant()));
        bench.monitor.reconfigure(Optional.empty());
        assertThat(bench.of(named).state()).isEqualTo(HealthState.UNRESOLVED);
        named.resolved("10.0.0.9");
        bench.monitor.observed(named, Health.unchecked(bench.time.instant()));
        assertThat(bench.of(named).state()).isEqualTo(HealthState.UP);
    }

    @Test
    void theFirstProbesJudgeWhoServesByFailuresInARowAndTellNothingUntilThen() {
        MonitorBench unchecked = MonitorBench.unchecked();
        Member served = unchecked.a;
        Instant since = unchecked.of(served).since();
        unchecked.probe.answers(ScriptedProbe.REFUSED);
        unchecked.monitor.reconfigure(Optional.of(unchecked.by(2, 3, unchecked.probe)));
        assertThat(unchecked.of(served))
                .isEqualTo(
                        new Health(HealthState.UP, since, Source.ACTIVE, "counts as up until probes fail, 3 in a row"));
        unchecked.time.advanceMillis(1_000);
        assertThat(unchecked.news).isEmpty();
        unchecked.time.advanceMillis(500);
        assertThat(unchecked.news).containsExactlyInAnyOrder("a down", "b down");
    }

    @Test
    void theFirstProbesOfAMemberWithoutAnAddressDecide() {
        MonitorBench unchecked = MonitorBench.unchecked();
        Member named = new Member("app", "c", new MemberAddress("app.internal", 9001));
        unchecked.watch(named, Health.unresolved(unchecked.time.instant(), "its host name is being looked up"));
        unchecked.probe.answers(ScriptedProbe.REFUSED);
        unchecked.monitor.reconfigure(Optional.of(unchecked.by(2, 3, unchecked.probe)));
        named.resolved("10.0.0.9");
        unchecked.time.advanceMillis(50);
        assertThat(unchecked.of(named).state()).isNotEqualTo(HealthState.UP);
        unchecked.time.advanceMillis(1_000);
        assertThat(unchecked.of(named).reason()).startsWith("the first probe failed");
    }

    @Test
    void anEjectionOutlivesTheArrivalOfProbes() {
        MonitorBench unchecked = MonitorBench.unchecked();
        unchecked.fail(unchecked.a, 5);
        unchecked.probe.answers(ScriptedProbe.PASSED);
        unchecked.monitor.reconfigure(Optional.of(unchecked.by(2, 3, unchecked.probe)));
        unchecked.time.advanceMillis(9_999);
        assertThat(unchecked.of(unchecked.a).state()).isEqualTo(HealthState.EJECTED);
        unchecked.time.advanceMillis(1);
        assertThat(unchecked.of(unchecked.a)).matches(Health::onTrial);
    }

    @Test
    void otherCountsForTrafficLeaveProbesAlone() {
        int calls = bench.probe.calls.size();
        bench.monitor.reconfigure(MonitorBench.outlier(2));
        bench.time.advanceMillis(100);
        assertThat(bench.probe.calls).hasSize(calls);
        bench.fail(a, 2);
        assertThat(bench.of(a).state()).isEqualTo(HealthState.EJECTED);
        bench.monitor.reconfigure(MonitorBench.outlier(0));
        assertThat(bench.of(a).state()).isEqualTo(HealthState.UP);
        assertThat(bench.of(a).reason()).endsWith("its ejection ended early");
    }

    @Test
    void aRemovedMemberIsToldOfNoMoreAndLeavesNothingBehind() {
        Promise<ProbeResult> underWay = bench.probe.answersLater();
        bench.fail(a, 5); // and is probed at once
        List<Optional<Health>> told = new ArrayList<>();
        assertThat(bench.monitor.check(a, told::add)).isTrue();
        Health last = bench.of(a);
        bench.monitor.remove(a);
        bench.monitor.remove(a);
        assertThat(told).containsExactly(Optional.empty());

        underWay.complete(ScriptedProbe.REFUSED);
        bench.fail(a, 100);
        bench.time.advanceMillis(60_000);
        assertThat(bench.of(a)).isSameAs(last);
        bench.monitor.remove(b);
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void aThousandChangesBetweenProbesAndNoneLeaveNothingBehind() {
        Instant since = bench.of(a).since();
        List<ScriptedProbe> probes = new ArrayList<>(List.of(bench.probe));
        for (int i = 0; i < 1_000; i++) {
            bench.time.advanceMillis(i % 40);
            ScriptedProbe next = new ScriptedProbe(bench.time);
            probes.add(next);
            bench.monitor.reconfigure(i % 3 == 0 ? Optional.empty() : Optional.of(bench.by(2, 3, next)));
        }
        bench.monitor.reconfigure(Optional.empty());
        assertThat(bench.time.pending()).isZero();
        assertThat(probes.stream().filter(probe -> !probe.calls.isEmpty()))
                .hasSizeGreaterThan(10)
                .allMatch(probe -> probe.closed);
        assertThat(bench.of(a)).isEqualTo(Health.unchecked(since));
        assertThat(bench.news).isEmpty();
    }

    @Test
    void onceStoppedNobodyIsAddedAndNothingChanged() {
        bench.monitor.stop();
        assertThatThrownBy(
                        () -> bench.monitor.add(new Member("app", "c", new MemberAddress("10.0.0.1", 1)), bench.of(a)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bench.monitor.reconfigure(Optional.empty())).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bench.monitor.reconfigure(MonitorBench.outlier(1)))
                .isInstanceOf(IllegalStateException.class);
        bench.monitor.remove(a);
        assertThat(bench.time.pending()).isZero();
    }
}
