package io.fairlead.health.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.outlier.OutlierSettings.Mode;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings and members change while traffic is judged. */
class OutlierChangeTest {
    private static final OutlierSettings STANDARD = TrafficBench.settings(5, 0, "50%", Mode.ENFORCE);

    private final TrafficBench bench = new TrafficBench(3);
    private final Member a = bench.member(0);
    private final Member b = bench.member(1);

    @Test
    void whoIsEjectedStaysSoUntilTheEndThatItHad() {
        bench.answer(a, 503, 5);
        bench.advanceMillis(4_000);
        bench.detector.reconfigure(
                new OutlierSettings(9, 2, Duration.ofSeconds(100), Share.parse("40%"), Mode.ENFORCE));
        assertThat(bench.told).hasSize(1);
        bench.advanceMillis(5_999);
        assertThat(bench.is(a, Standing.EJECTED)).isTrue();
        bench.advanceMillis(1);
        assertThat(bench.is(a, Standing.ON_TRIAL)).isTrue();

        bench.answer(a, 503);
        assertThat(bench.told).last().asString().endsWith("ejected for 200 s");
    }

    @Test
    void aTrialGoesOn() {
        bench.answer(a, 503, 5);
        bench.advanceMillis(10_000);
        bench.detector.reconfigure(TrafficBench.settings(9, 0, "50%", Mode.ENFORCE));
        assertThat(bench.is(a, Standing.ON_TRIAL)).isTrue();
        bench.answer(a, 503);
        assertThat(bench.is(a, Standing.EJECTED)).isTrue();
    }

    @Test
    void whoIsWellIsJudgedByTheNewCountWithTheRowThatItHas() {
        bench.answer(a, 503, 4);
        bench.detector.reconfigure(TrafficBench.settings(3, 0, "50%", Mode.ENFORCE));
        assertThat(bench.told).isEmpty();
        bench.answer(a, 503);
        assertThat(bench.told).hasSize(1).first().asString().startsWith("a EJECTED: 5 requests in a row failed");
    }

    @Test
    void moreFailuresAreWaitedForOnceMoreAreAskedFor() {
        bench.answer(a, 503, 4);
        bench.detector.reconfigure(TrafficBench.settings(8, 0, "50%", Mode.ENFORCE));
        bench.answer(a, 503, 3);
        assertThat(bench.told).isEmpty();
        bench.answer(a, 503);
        assertThat(bench.is(a, Standing.EJECTED)).isTrue();
    }

    static List<OutlierSettings> thatEjectNobody() {
        return List.of(
                TrafficBench.settings(0, 0, "50%", Mode.ENFORCE),
                TrafficBench.settings(0, 3, "50%", Mode.ENFORCE),
                TrafficBench.settings(5, 0, "0%", Mode.ENFORCE),
                TrafficBench.settings(5, 0, "50%", Mode.OBSERVE));
    }

    @ParameterizedTest
    @MethodSource("thatEjectNobody")
    void turningEjectionOffBringsBackAtOnceWhoIsOutOrOnTrial(OutlierSettings off) {
        TrafficBench six = new TrafficBench(6);
        six.answer(six.member(0), 503, 5);
        six.advanceMillis(5_000);
        six.answer(six.member(1), 503, 100); // more than five, as there is a peer that fails
        six.advanceMillis(5_000);
        assertThat(six.is(six.member(0), Standing.ON_TRIAL)).isTrue();
        assertThat(six.is(six.member(1), Standing.EJECTED)).isTrue();
        int told = six.told.size();

        six.detector.reconfigure(off);
        assertThat(six.told.subList(told, six.told.size()))
                .containsExactly(
                        "a WELL: the settings eject nobody for this any more; its ejection ended early",
                        "b WELL: the settings eject nobody for this any more; its ejection ended early");
        assertThat(six.time.pending()).isZero();
    }

    @Test
    void turnedOffForOneGroundItStaysForTheOther() {
        TrafficBench both = new TrafficBench(3, TrafficBench.settings(5, 3, "50%", Mode.ENFORCE));
        Member slow = both.member(0);
        both.advanceMillis(10_000);
        look(both, 3, 1000, 30, 30);
        assertThat(both.is(slow, Standing.EJECTED)).isTrue();
        both.detector.reconfigure(TrafficBench.settings(0, 3, "50%", Mode.ENFORCE));
        assertThat(both.is(slow, Standing.EJECTED)).isTrue();
        both.detector.reconfigure(TrafficBench.settings(5, 0, "50%", Mode.ENFORCE));
        assertThat(both.is(slow, Standing.WELL)).isTrue();
    }

    @Test
    void looksAtLatenciesThatWereCountedByAnotherFactorAreOfNoAccount() {
        TrafficBench slow = new TrafficBench(3, TrafficBench.settings(5, 2, "50%", Mode.ENFORCE));
        slow.advanceMillis(10_000);
        look(slow, 2, 100, 30, 30);
        slow.detector.reconfigure(TrafficBench.settings(5, 3, "50%", Mode.ENFORCE));
        look(slow, 2, 100, 30, 30);
        assertThat(slow.told).isEmpty();
        look(slow, 1, 100, 30, 30);
        assertThat(slow.ejected()).isEqualTo(1);
    }

    @Test
    void turnedOnItJudgesTheRowThatAMemberHas() {
        bench.detector.reconfigure(TrafficBench.settings(0, 0, "50%", Mode.ENFORCE));
        bench.answer(a, 503, 1000);
        assertThat(bench.told).isEmpty();
        bench.detector.reconfigure(STANDARD);
        bench.answer(a, 503);
        assertThat(bench.told)
                .containsExactly("a EJECTED: 1001 requests in a row failed, the last: status 503; ejected for 10 s");
    }

    @Test
    void whatWasOnlySaidIsOverWhenItIsToBeDone() {
        TrafficBench observed = new TrafficBench(3, TrafficBench.settings(5, 0, "50%", Mode.OBSERVE));
        Member bad = observed.member(0);
        observed.answer(bad, 503, 100);
        assertThat(observed.told).hasSize(1);
        observed.detector.reconfigure(STANDARD);
        assertThat(observed.time.pending()).isZero();
        observed.answer(bad, 503, 5);
        assertThat(observed.told)
                .hasSize(2)
                .last()
                .isEqualTo("a EJECTED: 5 requests in a row failed, the last: status 503; ejected for 10 s");
    }

    @Test
    void whatWasOnlySaidIsNotSaidAgainBecauseOfOtherNumbers() {
        TrafficBench observed = new TrafficBench(3, TrafficBench.settings(5, 0, "50%", Mode.OBSERVE));
        Member bad = observed.member(0);
        observed.answer(bad, 503, 100);
        observed.detector.reconfigure(TrafficBench.settings(3, 0, "50%", Mode.OBSERVE));
        observed.answer(bad, 503, 100);
        assertThat(observed.told).hasSize(1);
        observed.advanceMillis(10_000);
        observed.answer(bad, 503, 3);
        assertThat(observed.told).hasSize(2);
    }

    @Test
    void aRemovedMemberIsJudgedNoMoreAndItsTimersAreGone() {
        bench.answer(a, 503, 5);
        Lease late = bench.sent(a);
        bench.remove(a);
        bench.remove(a);
        assertThat(bench.time.pending()).isZero();
        late.close(Outcome.RESET, bench.time.getAsLong());
        bench.answer(a, 503, 100);
        bench.advanceMillis(60_000);
        assertThat(bench.told).hasSize(1);
    }

    @Test
    void aCallThatTheControlContextComesToAfterTheMemberWasRemovedDoesNothing() {
        bench.holdCalls();
        bench.answer(a, 503, 5);
        bench.remove(a);
        bench.letCalls();
        assertThat(bench.told).isEmpty();
        assertThat(bench.ejections).isEmpty();
    }

    @Test
    void aRemovedMemberIsNobodysPeer() {
        bench.remove(b);
        bench.remove(bench.members.get(1));
        bench.answer(a, 503, 5);
        assertThat(bench.told)
                .containsExactly("a remark: 5 requests in a row failed, the last: status 503; not ejected:"
                        + " it is the last one that serves");
    }

    @Test
    void aMemberThatComesIsJudgedByThePresentSettings() {
        bench.detector.reconfigure(TrafficBench.settings(3, 0, "50%", Mode.ENFORCE));
        Member d = bench.add("d");
        bench.answer(d, 503, 2);
        assertThat(bench.told).isEmpty();
        bench.answer(d, 503);
        assertThat(bench.is(d, Standing.EJECTED)).isTrue();
    }

    @Test
    void thousandsOfChangesLeaveNothingBehind() {
        bench.answer(a, 503, 5);
        for (int i = 0; i < 1000; i++) {
            Member guest = bench.add("guest");
            bench.answer(guest, 503, 100);
            bench.detector.reconfigure(TrafficBench.settings(5 + i % 3, i % 2 * 2, "50%", Mode.ENFORCE));
            bench.remove(guest);
        }
        assertThat(bench.time.pending()).as("the end of a's ejection").isEqualTo(1);
        bench.advanceMillis(10_000);
        assertThat(bench.is(a, Standing.ON_TRIAL)).isTrue();
        assertThat(bench.time.pending()).isZero();
    }

    /** So many looks, a second apart, at members with these p90. */
    private static void look(TrafficBench bench, int times, double... p90) {
        for (int i = 0; i < times; i++) {
            Map<Member, RecentLatency> latencies = new LinkedHashMap<>();
            for (int index = 0; index < p90.length; index++) {
                latencies.put(bench.member(index), new RecentLatency(1000, p90[index]));
            }
            bench.detector.compare(latencies);
            bench.advanceMillis(1000);
        }
    }
}
