package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.health.HealthTally.Flip;
import io.fairlead.member.AdminState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is counted of one member, by words from fixed lists. */
class HealthTallyTest {
    private final HealthHistory history = new HealthHistory();
    private final HealthTally tally = history.tally();

    @Test
    void probesAreCountedByResultAndDurationBeyondWhatIsRemembered() {
        for (int i = 0; i < 300; i++) {
            probe(new ProbeResult.Passed("200"), 1);
        }
        probe(new ProbeResult.Failed(ProbeResult.Reason.TIMEOUT, "no answer in 1 s"), 1001);
        assertThat(tally.passed()).isEqualTo(300);
        assertThat(tally.failed()).isEqualTo(1);
        assertThat(tally.durations()[0]).as("at most a millisecond").isEqualTo(300);
        int afterASecond = Arrays.binarySearch(HealthTally.bounds(), 2.5);
        assertThat(tally.durations()[afterASecond]).isEqualTo(1);
        assertThat(Arrays.stream(tally.durations()).sum()).isEqualTo(301);
        assertThat(tally.durationSum()).isEqualTo(1.301, within(1e-9));
    }

    @Test
    void aLongProbeFallsIntoTheBucketWithoutAnEnd() {
        probe(new ProbeResult.Passed("200"), 3_600_000);
        long[] durations = tally.durations();
        assertThat(durations).hasSize(HealthTally.bounds().length + 1);
        assertThat(durations[durations.length - 1]).isEqualTo(1);
    }

    @Test
    void transitionsAreCountedByWhatTheLastProbeSaid() {
        flip(Source.ACTIVE, HealthState.CHECKING, HealthState.UP, "whatever");
        probe(new ProbeResult.Failed(ProbeResult.Reason.CONNECT, "connection refused by 10.0.0.1"), 1);
        flip(Source.ACTIVE, HealthState.FALLING, HealthState.DOWN, "connection refused by 10.0.0.1");
        probe(new ProbeResult.Passed("200"), 1);
        flip(Source.ACTIVE, HealthState.RISING, HealthState.UP, "2 of 2 probes passed");
        assertThat(tally.flips())
                .isEqualTo(Map.of(
                        new Flip("up", "start"), 1L, new Flip("down", "connect"), 1L, new Flip("up", "passed"), 1L));
        assertThat(tally.transitions()).isEqualTo(3);
    }

    @Test
    void trafficNamesAndOrdersHaveWordsOfTheirOwn() {
        tally.ejected(Ground.LATENCY, true);
        flip(Source.PASSIVE, HealthState.UP, HealthState.EJECTED, "8 times as slow");
        flip(Source.PASSIVE, HealthState.EJECTED, HealthState.UP, "back");
        flip(Source.DISCOVERY, HealthState.UP, HealthState.UNRESOLVED, "x.example leads nowhere");
        flip(Source.DISCOVERY, HealthState.UNRESOLVED, HealthState.UP, "");
        history.add(Transition.of(Instant.EPOCH, Source.OPERATOR, AdminState.READY, AdminState.DRAIN, "ordered"));
        assertThat(tally.flips())
                .containsOnlyKeys(
                        new Flip("ejected", "latency"),
                        new Flip("up", "ejection-over"),
                        new Flip("unresolved", "unresolved"),
                        new Flip("up", "resolved"),
                        new Flip("drain", "order"));
    }

    @Test
    void remarksAndWeightsAreNoTransitions() {
        flip(Source.PASSIVE, HealthState.UP, HealthState.UP, "would be ejected");
        history.add(Transition.ofWeight(Instant.EPOCH, 1, 5, "ordered"));
        assertThat(tally.flips()).isEmpty();
        assertThat(tally.transitions()).isZero();
    }

    @Test
    void ejectionsAreCountedByGroundAndByWhetherTheyTookPlace() {
        tally.ejected(Ground.FAILURES, true);
        tally.ejected(Ground.FAILURES, false);
        tally.ejected(Ground.FAILURES, false);
        assertThat(tally.ejections(Ground.FAILURES, true)).isEqualTo(1);
        assertThat(tally.ejections(Ground.FAILURES, false)).isEqualTo(2);
        assertThat(tally.ejections(Ground.LATENCY, true)).isZero();
    }

    @Test
    void theLastResultsAreToldOldestFirst() {
        probe(new ProbeResult.Passed("200"), 1);
        probe(new ProbeResult.Passed("200"), 1);
        flip(Source.ACTIVE, HealthState.UP, HealthState.DOWN, "");
        probe(new ProbeResult.Failed(ProbeResult.Reason.BODY, ""), 1);
        assertThat(history.results(60)).isEqualTo("ppf");
        assertThat(history.results(2)).isEqualTo("pf");
        for (int i = 0; i < 300; i++) {
            probe(new ProbeResult.Passed("200"), 1);
        }
        assertThat(history.results(60)).isEqualTo("p".repeat(60));
    }

    private void probe(ProbeResult result, long millis) {
        history.add(new ProbeReport(result, Instant.EPOCH, Duration.ofMillis(millis), Instant.EPOCH, "1 of 1"));
    }

    private void flip(Source source, HealthState from, HealthState to, String reason) {
        history.add(Transition.of(Instant.EPOCH, source, from, to, reason));
    }
}
