package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HealthHistoryTest {
    private static final Passed PASSED = new Passed("200");
    private static final Instant START = Instant.parse("2026-11-24T10:00:00.123456789Z");

    private final HealthHistory history = new HealthHistory();

    @Test
    void remembersNothingAtFirst() {
        assertThat(history.newestFirst()).isEmpty();
    }

    @Test
    void remembersWhatItWasTold() {
        ProbeReport probe = probe(PASSED, START, 1_234_567, "2 of 2");
        Transition transition = new Transition(START.plusSeconds(1), Source.PASSIVE, "up", "ejected", "6 in a row");
        ProbeReport failed = probe(new Failed(Reason.STATUS, "status 500"), Instant.EPOCH, 0, "1 of 3");
        history.add(probe);
        history.add(transition);
        history.add(failed);
        assertThat(history.newestFirst()).containsExactly(failed, transition, probe);
    }

    /** Against the definition: a queue of 256. */
    @Test
    void forgetsTheOldestFirstWhateverTheMixture() {
        Deque<HistoryEntry> expected = new ArrayDeque<>();
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            HistoryEntry entry = random.nextInt(10) == 0
                    ? new Transition(START.plusMillis(i), Source.ACTIVE, "up", "down", "cause " + i)
                    : probe(
                            random.nextBoolean() ? PASSED : new Failed(Reason.TIMEOUT, "late " + i),
                            START.plusMillis(i),
                            random.nextInt(2_000_000_000),
                            "1 of " + random.nextInt(20));
            history.add(entry);
            expected.addFirst(entry);
            if (expected.size() > HealthHistory.LENGTH) {
                expected.removeLast();
            }
            if (i < 20 || i % 37 == 0) {
                assertThat(history.newestFirst()).isEqualTo(new ArrayList<>(expected));
            }
        }
        assertThat(history.newestFirst()).isEqualTo(List.copyOf(expected)).hasSize(HealthHistory.LENGTH);
    }

    private static ProbeReport probe(ProbeResult result, Instant at, long took, String count) {
        return new ProbeReport(result, at, Duration.ofNanos(took), at.plusNanos(1_999_999_999), count);
    }
}
