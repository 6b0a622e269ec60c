package io.fairlead.health.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.outlier.OutlierSettings.Mode;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutlierDetectorTest {
    private final TrafficBench bench = new TrafficBench(3);
    private final Member a = bench.member(0);
    private final Member b = bench.member(1);
    private final Member c = bench.member(2);

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            names = {"CONNECT_FAILED", "RESET", "TIMED_OUT"})
    void fiveFailuresInARowEject(Outcome failure) {
        bench.end(a, failure, 4);
        assertThat(bench.told).isEmpty();
        bench.end(a, failure, 1);
        assertThat(bench.is(a, Standing.EJECTED)).isTrue();
        assertThat(bench.told).hasSize(1);
        assertThat(bench.ejections).containsExactly("a FAILURES true");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void soDoFiveAnswersOfAGateway(int status) {
        bench.answer(a, status, 5);
        assertThat(bench.told)
                .containsExactly(
                        "a EJECTED: 5 requests in a row failed, the last: status " + status + "; ejected for 10 s");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 301, 404, 429, 500, 501})
    void otherAnswersSayThatItWorks(int status) {
        bench.answer(a, status, 1000);
        bench.end(a, Outcome.RESET, 4);
        bench.answer(a, status);
        bench.end(a, Outcome.RESET, 4);
        assertThat(bench.told).isEmpty();
    }

    @Test
    void whatTheClientEndedSaysNothing() {
        bench.end(a, Outcome.RESET, 4);
        bench.end(a, Outcome.ABANDONED, 100);
        assertThat(bench.told).isEmpty();
        bench.end(a, Outcome.RESET, 1);
        assertThat(bench.is(a, Standing.EJECTED)).isTrue();
    }

    @Test
    void anAnswerThatOnlyTheRouteCutOffIsNoFailure() {
        for (int i = 0; i < 100; i++) {
            Lease stream = bench.sent(a);
            stream.answered(200, bench.time.getAsLong());
            stream.close(Outcome.TIMED_OUT, bench.time.getAsLong());
        }
        assertThat(bench.told).isEmpty();
    }

    @Test
    void theLastThatServesIsNeverEjectedAndThatIsSaidNowAndThen() {
        bench.down.addAll(List.of(b, c));
        for (int second = 0; second < 19; second++) {
            bench.end(a, Outcome.CONNECT_FAILED, 100);
            bench.advanceMillis(1000);
        }
        assertThat(bench.ejected()).isZero();
        assertThat(bench.ejections).hasSameSizeAs(bench.told).containsOnly("a FAILURES false");
        assertThat(bench.told)
                .hasSizeBetween(1, 2)
                .allMatch(line -> line.startsWith("a remark: ") && line.endsWith("it is the last one that serves"));
    }

    @Test
    void noMoreAreEjectedThanAreAllowed() {
        TrafficBench ten = new TrafficBench(10, TrafficBench.settings(5, 0, "29%", Mode.ENFORCE));
        for (int round = 0; round < 300; round++) {
            for (int i = 0; i < 10; i++) {
                ten.answer(ten.member(i), i < 4 ? 503 : 200);
            }
        }
        assertThat(ten.ejected()).isEqualTo(2);
        assertThat(ten.told).anyMatch(line -> line.endsWith("not ejected: 2 of 10 are out, and max_ejected is 29%"));
    }

    @Test
    void oneMayAlwaysBeEjectedButForNoneAtAll() {
        TrafficBench few = new TrafficBench(2, TrafficBench.settings(5, 0, "1%", Mode.ENFORCE));
        few.answer(few.member(0), 503, 5);
        assertThat(few.ejected()).isEqualTo(1);
        TrafficBench none = new TrafficBench(2, TrafficBench.settings(5, 0, "0%", Mode.ENFORCE));
        none.answer(none.member(0), 503, 5);
        assertThat(none.ejected()).isZero();
    }

    @Test
    void zeroFailuresTurnItOff() {
        TrafficBench off = new TrafficBench(3, TrafficBench.settings(0, 0, "50%", Mode.ENFORCE));
        off.answer(off.member(0), 503, 10_000);
        assertThat(off.told).isEmpty();
    }

    @Test
    void aMemberThatComesBackGetsOneRequestAndIsWellIfThatIs() {
        bench.answer(a, 503, 5);
        bench.advanceMillis(10_000);
        assertThat(bench.is(a, Standing.ON_TRIAL)).isTrue();
        bench.answer(a, 200);
        assertThat(bench.told)
                .containsExactly(
                        "a EJECTED: 5 requests in a row failed, the last: status 503; ejected for 10 s",
                        "a ON_TRIAL: back after an ejection of 10 s, on trial: one request at a time until one is"
                                + " answered well",
                        "a WELL: answers again, after an ejection of 10 s");
        bench.answer(a, 503, 4);
        assertThat(bench.is(a, Standing.WELL)).isTrue();
    }

    @Test
    void eachEjectionInARowIsLongerUpToFiveMinutes() {
        bench.answer(a, 503, 5);
        for (int times = 2; times <= 40; times++) {
            long seconds = Math.min(300, 10L * times);
            bench.advanceMillis(1000 * Math.min(300, 10L * (times - 1)));
            bench.answer(a, 503);
            assertThat(bench.told)
                    .last()
                    .isEqualTo("a EJECTED: the first request after its ejection failed: status 503; ejected for "
                            + seconds + " s");
        }
    }

    @Test
    void aMemberThatServedAsLongAsItWasOutBeginsAnew() {
        bench.answer(a, 503, 5);
        bench.advanceMillis(10_000);
        bench.answer(a, 200);
        bench.advanceMillis(9_000);
        bench.answer(a, 503, 5);
        assertThat(bench.told).last().asString().endsWith("ejected for 20 s");
        bench.advanceMillis(20_000);
        bench.answer(a, 200);
        bench.advanceMillis(20_000);
        bench.answer(a, 503, 5);
        assertThat(bench.told).last().asString().endsWith("ejected for 10 s");
    }

    @Test
    void whatWasSentBeforeAnEjectionIsNoWordOnTheTrial() {
        Lease slow = bench.sent(a);
        Lease good = bench.sent(a);
        bench.answer(a, 503, 5);
        bench.advanceMillis(10_000);
        slow.close(Outcome.TIMED_OUT, bench.time.getAsLong());
        good.answered(200, bench.time.getAsLong());
        good.close(Outcome.ANSWERED, bench.time.getAsLong());
        assertThat(bench.is(a, Standing.ON_TRIAL)).isTrue();
    }

    @Test
    void probesThatSawItEndToItEndItEarly() {
        bench.answer(a, 503, 5);
        bench.advanceMillis(2_000);
        bench.detector.recovered(a);
        assertThat(bench.told).last().isEqualTo("a WELL: probes pass again; its ejection ended early");
        bench.advanceMillis(60_000);
        assertThat(bench.told).hasSize(2);
        assertThat(bench.time.pending()).isZero();
    }

    @Test
    void observingOnlySaysWhatWouldHappenOnceInEachTime() {
        TrafficBench observed = new TrafficBench(3, TrafficBench.settings(5, 0, "50%", Mode.OBSERVE));
        Member bad = observed.member(0);
        for (int second = 0; second < 29; second++) {
            observed.answer(bad, 503, 100);
            observed.advanceMillis(1000);
        }
        assertThat(observed.ejected()).isZero();
        assertThat(observed.told)
                .containsExactly(
                        "a remark: 5 requests in a row failed, the last: status 503; would be ejected for 10 s",
                        "a remark: 5 requests in a row failed, the last: status 503; would be ejected for 20 s");
        assertThat(observed.ejections).containsExactly("a FAILURES false", "a FAILURES false");
    }

    @Test
    void stoppingLeavesNothingBehind() {
        bench.answer(a, 503, 5);
        bench.detector.stop();
        assertThat(bench.time.pending()).isZero();
        bench.answer(b, 503, 100);
        assertThat(bench.told).hasSize(1);
    }
}
