package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.HealthSettings.Start;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The check is replaced while members are watched: by other probes, other counts, other times. */
class HealthCheckerChangeTest {
    private final Bench bench = new Bench(Bench.settings(Start.DOWN));
    private final ScriptedProbe other = new ScriptedProbe(bench.time);

    @Test
    void whoWasUpStaysUpUntilTheNewCheckHasFailedAsOftenAsItTakes() {
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(1000);
        Health before = bench.checker.health(member);

        other.answers(ScriptedProbe.STATUS_500);
        bench.checker.reconfigure(Bench.settings(2, 4, Start.DOWN), other);
        assertThat(bench.checker.health(member)).isSameAs(before);
        bench.time.advanceMillis(1600); // fails at 25, 525, 1025, 1525
        assertThat(other.starts()).hasSize(4);
        assertThat(bench.told)
                .containsExactly(
                        "a UP: the first probe passed: 200",
                        "a DOWN: 4 of 4 probes failed: status 500 (expected: 200-299)");
        assertThat(bench.checker.health(member).since()).isEqualTo(Instant.ofEpochMilli(2525));
    }

    @Test
    void itIsUpWhileOneFailureLessIsIn() {
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(1000);
        Instant since = bench.checker.health(member).since();
        other.answers(ScriptedProbe.STATUS_500);
        bench.checker.reconfigure(Bench.settings(2, 4, Start.DOWN), other);
        bench.time.advanceMillis(1100);

        Health health = bench.checker.health(member);
        assertThat(health.reason()).isEqualTo("3 of 4 probes failed: status 500 (expected: 200-299)");
        assertThat(health.state()).isEqualTo(HealthState.FALLING);
        assertThat(health.since()).isEqualTo(since);
    }

    @Test
    void whoWasDownStaysDownUntilTheNewCheckHasPassedAsOftenAsItTakes() {
        Member member = bench.watch("a", ScriptedProbe.REFUSED);
        bench.time.advanceMillis(1000);
        Health before = bench.checker.health(member);
        other.answers(ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(3, 3, Start.UP), other);
        assertThat(bench.checker.health(member)).isSameAs(before);

        bench.time.advanceMillis(1000); // passes at 25 and 525
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.RISING);
        bench.time.advanceMillis(100);
        assertThat(bench.told).last().isEqualTo("a UP: 3 of 3 probes passed: 200");
    }

    @Test
    void whoWasFallingIsUpAndWhoWasRisingIsDownForTheReasonThatTheyHad() {
        Member falling = bench.watch("falling", ScriptedProbe.PASSED);
        bench.time.advanceMillis(25);
        Health up = bench.checker.health(falling);
        Member rising = bench.watch("rising", ScriptedProbe.REFUSED);
        bench.time.advanceMillis(25);
        Health down = bench.checker.health(rising);
        bench.probe.does(
                member -> Future.succeededFuture(member == falling ? ScriptedProbe.REFUSED : ScriptedProbe.PASSED));
        bench.checker.probeSoon(falling);
        bench.checker.probeSoon(rising);
        assertThat(bench.checker.health(falling).state()).isEqualTo(HealthState.FALLING);
        assertThat(bench.checker.health(rising).state()).isEqualTo(HealthState.RISING);
        int told = bench.told.size();

        bench.checker.reconfigure(Bench.settings(Start.DOWN), other);
        assertThat(bench.checker.health(falling)).isEqualTo(up);
        assertThat(bench.checker.health(rising)).isEqualTo(down);
        assertThat(bench.told).hasSize(told);
    }

    @Test
    void aMemberThatWasNeverProbedToAnEndIsCheckingStillAndTheNewCheckDecides() {
        Member member = Bench.member("a");
        bench.checker.add(member);
        bench.time.advanceMillis(100);
        other.answers(ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(Start.UP), other);
        assertThat(bench.checker.health(member)).isEqualTo(Health.checking(Instant.EPOCH));
        bench.time.advanceMillis(25);
        assertThat(bench.told).containsExactly("a UP: the first probe passed: 200");
    }

    @Test
    void whatWasUnderWayOfTheOldCheckDoesNotCountHoweverLateItEnds() {
        Promise<ProbeResult> underWay = bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        bench.time.advanceMillis(100);

        bench.checker.reconfigure(Bench.settings(Start.DOWN), other);
        underWay.complete(ScriptedProbe.PASSED);
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.CHECKING);
        assertThat(bench.probe.closed).isTrue();

        other.answers(ScriptedProbe.REFUSED);
        bench.time.advanceMillis(60_000);
        assertThat(bench.told).containsExactly("a DOWN: the first probe failed: connection refused");
        assertThat(bench.probe.calls).hasSize(1);
        assertThat(other.closed).isFalse();
    }

    @Test
    void whoeverAskedForTheProbeThatWasUnderWayIsToldOfTheNextOne() {
        bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        List<Optional<Health>> told = new ArrayList<>();
        assertThat(bench.checker.check(member, told::add)).isTrue();
        other.answers(ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(Start.DOWN), other);
        assertThat(told).isEmpty();
        bench.time.advanceMillis(50);
        assertThat(told).containsExactly(Optional.of(bench.checker.health(member)));
    }

    @Test
    void whoeverAskedForAProbeOfAMemberThatIsRemovedIsToldSo() {
        bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        List<Optional<Health>> told = new ArrayList<>();
        bench.checker.check(member, told::add);
        bench.checker.remove(member);
        bench.checker.stop();
        assertThat(told).containsExactly(Optional.empty());
    }

    @Test
    void aMemberRemovedWhileItsProbeIsUnderWayIsNotAskedByTheNewCheck() {
        Promise<ProbeResult> underWay = bench.probe.answersLater();
        Member member = Bench.member("a");
        bench.checker.add(member);
        bench.time.advanceMillis(50);
        bench.checker.remove(member);
        bench.checker.reconfigure(Bench.settings(Start.DOWN), other);
        underWay.complete(ScriptedProbe.PASSED);
        bench.time.advanceMillis(60_000);
        assertThat(other.calls).isEmpty();
        assertThat(bench.told).isEmpty();
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void intervalsTakeEffectAtOnce() {
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(100);
        other.answers(ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(Duration.ofSeconds(7), Duration.ofSeconds(1)), other);
        bench.time.advanceMillis(14_900);
        assertThat(other.starts())
                .containsExactly(Duration.ofMillis(125), Duration.ofMillis(7125), Duration.ofMillis(14_125));
        assertThat(bench.probe.calls).hasSize(1);
    }

    @Test
    void soDoesTheTimeout() {
        bench.watch("a", ScriptedProbe.PASSED);
        bench.time.advanceMillis(100);
        bench.checker.reconfigure(Bench.settings(Duration.ofSeconds(2), Duration.ofMillis(300)), other);
        bench.time.advanceMillis(5000);
        assertThat(bench.told).last().isEqualTo("a DOWN: 3 of 3 probes failed: no answer within 300 ms");
    }

    @Test
    void theFirstProbesOfTheNewCheckSpreadAsAtTheStart() {
        Bench spread = new Bench(Bench.settings(Start.DOWN), new Random(7));
        for (int i = 0; i < 100; i++) {
            spread.watch("m" + i, ScriptedProbe.PASSED);
        }
        spread.time.advanceMillis(1000);
        ScriptedProbe next = new ScriptedProbe(spread.time);
        spread.checker.reconfigure(Bench.settings(Start.DOWN), next);
        assertThat(next.calls).isEmpty();
        spread.time.advanceMillis(50);
        // as at the start: that one of five 10 ms slots stays empty has a chance of 5 * 0.8^100 < 1e-8
        assertThat(next.starts())
                .hasSize(100)
                .extracting(at -> (at.toMillis() - 1000) / 10)
                .contains(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aNameThatLeadsNowhereIsNoReasonToForgetAnything() {
        Member member = Bench.namedMember("a");
        bench.checker.add(member);
        bench.time.advanceMillis(100);
        other.answers(ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(Start.DOWN), other);
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.UNRESOLVED);
        member.resolved("10.0.0.9");
        bench.time.advanceMillis(1000);
        assertThat(bench.told).last().isEqualTo("a UP: the first probe passed: 200");
    }

    @Test
    void whatCountsAsUpUnprobedSaysHowManyFailuresItTakesNow() {
        Bench up = new Bench(Bench.settings(2, 3, Start.UP));
        Member member = Bench.member("a");
        up.checker.add(member);
        up.checker.reconfigure(Bench.settings(2, 5, Start.UP), other);
        assertThat(up.checker.health(member).reason()).isEqualTo("counts as up until probes fail, 5 in a row");
        assertThat(up.checker.health(member).since()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void aMemberThatServesAlreadyIsWatchedWithoutABreak() {
        Member member = Bench.member("a");
        bench.time.advanceMillis(5000);
        bench.probe.answers(ScriptedProbe.REFUSED);
        bench.checker.addServing(member, Instant.ofEpochMilli(7));
        assertThat(bench.checker.health(member))
                .isEqualTo(new Health(
                        HealthState.UP,
                        Instant.ofEpochMilli(7),
                        Source.ACTIVE,
                        "counts as up until probes fail, 3 in a row"));
        bench.time.advanceMillis(1024);
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.FALLING);
        bench.time.advanceMillis(1);
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.DOWN);
    }

    @Test
    void aThousandChangesInARowLeaveNothingBehind() {
        List<ScriptedProbe> probes = new ArrayList<>(List.of(bench.probe));
        for (int i = 0; i < 150; i++) { // more than may be under way at one time
            bench.checker.add(Bench.member("m" + i));
        }
        for (int i = 0; i < 1000; i++) {
            bench.time.advanceMillis(i % 60); // some are replaced before their first probe, some in the midst of many
            ScriptedProbe next = new ScriptedProbe(bench.time);
            probes.add(next);
            bench.checker.reconfigure(Bench.settings(1 + i % 3, 1 + i % 4, Start.DOWN), next);
        }
        assertThat(bench.time.pending()).as("each member's next probe").isEqualTo(150);
        ScriptedProbe last = probes.remove(1000);
        assertThat(probes).allMatch(probe -> probe.closed);
        assertThat(last.closed).isFalse();

        last.answers(ScriptedProbe.PASSED);
        bench.time.advanceMillis(100);
        assertThat(bench.told).hasSize(150).allMatch(line -> line.endsWith(" UP: the first probe passed: 200"));
        bench.checker.stop();
        assertThat(last.closed).isTrue();
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void aProbeThatThrowsWhenItIsClosedHoldsNothingUp() {
        Member member = bench.watch("a", ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(Start.DOWN), new Probe() {
            @Override
            public Future<ProbeResult> probe(Member asked) {
                return Future.succeededFuture(ScriptedProbe.PASSED);
            }

            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        });
        other.answers(ScriptedProbe.PASSED);
        bench.checker.reconfigure(Bench.settings(Start.DOWN), other);
        bench.time.advanceMillis(100);
        assertThat(other.calls).hasSize(1);
        assertThat(bench.checker.health(member).state()).isEqualTo(HealthState.UP);
    }

    @Test
    void onceStoppedThereIsNothingToChange() {
        bench.checker.stop();
        assertThatThrownBy(() -> bench.checker.reconfigure(Bench.settings(Start.DOWN), other))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> bench.checker.addServing(Bench.member("late"), Instant.EPOCH))
                .isInstanceOf(IllegalStateException.class);
    }
}
