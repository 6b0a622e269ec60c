package io.fairlead.health.outlier;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.outlier.OutlierSettings.Mode;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LatencyRuleTest {
    private final TrafficBench bench = new TrafficBench(4, TrafficBench.settings(5, 3, "50%", Mode.ENFORCE));
    private final Member slow = bench.member(0);

    @BeforeEach
    void letThemServeForAWhile() {
        bench.advanceMillis(10_000);
    }

    @Test
    void aMemberThatIsMuchSlowerAtThreeLooksInARowIsEjected() {
        look(2, 120, 30, 31, 29);
        look(1, 40, 30, 31, 29);
        look(2, 120, 30, 31, 29);
        assertThat(bench.told).isEmpty();
        look(1, 120, 30, 31, 29);
        assertThat(bench.told)
                .containsExactly(
                        "a EJECTED: its p90 is 120.0 ms, 4.0 times its peers' median of 30.0 ms; ejected for 10 s");
        assertThat(bench.ejections).containsExactly("a LATENCY true");
    }

    @Test
    void itComesBackWithoutTrialAndIsLeftAloneUntilItsLatenciesAreOfNow() {
        look(3, 120, 30, 31, 29);
        bench.advanceMillis(9_000);
        assertThat(bench.is(slow, Standing.WELL)).isTrue();
        assertThat(bench.told).last().isEqualTo("a WELL: back after an ejection of 10 s");
        look(10, 120, 30, 31, 29);
        assertThat(bench.is(slow, Standing.WELL)).isTrue();
        look(3, 120, 30, 31, 29);
        assertThat(bench.is(slow, Standing.EJECTED)).isTrue();
    }

    @Test
    void probesCannotEndIt() {
        look(3, 120, 30, 31, 29);
        assertThat(bench.is(slow, Standing.EJECTED)).isTrue();
        bench.detector.recovered(slow);
        assertThat(bench.is(slow, Standing.EJECTED)).isTrue();
    }

    @Test
    void whenAllAreSlowNobodyIs() {
        look(10, 1200, 1000, 900, 1100);
        assertThat(bench.told).isEmpty();
    }

    @Test
    void aFewMillisecondsAreNoIllnessWhateverTheFactor() {
        look(10, 9, 0.5, 0.5, 0.5);
        assertThat(bench.told).isEmpty();
    }

    @Test
    void tooFewRequestsProveNothing() {
        for (int i = 0; i < 10; i++) {
            Map<Member, RecentLatency> latencies = latencies(1200, 30, 30, 30);
            latencies.put(slow, new RecentLatency(49, 1200));
            bench.detector.compare(latencies);
            bench.advanceMillis(1000);
        }
        assertThat(bench.told).isEmpty();
    }

    @Test
    void membersThatAreOutAreNoPeers() {
        bench.down.add(bench.member(1));
        bench.down.add(bench.member(2));
        bench.down.add(bench.member(3));
        look(10, 1200, 30, 30, 30);
        assertThat(bench.told).isEmpty();
    }

    /** So many looks, a second apart, at members with these p90. */
    private void look(int times, double... p90) {
        for (int i = 0; i < times; i++) {
            bench.detector.compare(latencies(p90));
            bench.advanceMillis(1000);
        }
    }

    private Map<Member, RecentLatency> latencies(double... p90) {
        Map<Member, RecentLatency> latencies = new LinkedHashMap<>();
        for (int i = 0; i < p90.length; i++) {
            latencies.put(bench.member(i), new RecentLatency(1000, p90[i]));
        }
        return latencies;
    }
}
