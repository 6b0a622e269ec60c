package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlowStartTest {
    private static final Duration THIRTY = Duration.ofSeconds(30);

    @Test
    void beginsWithATenthAndEndsWithAll() {
        assertThat(part(0)).isEqualTo(0.1);
        assertThat(part(2999)).isEqualTo(0.1);
        assertThat(part(15_000)).isEqualTo(0.5);
        assertThat(part(29_999)).isEqualTo(0.95);
        assertThat(part(30_000)).isEqualTo(1);
        assertThat(part(3_000_000)).isEqualTo(1);
    }

    @Test
    void risesInAStraightLineOfEighteenSteps() {
        Set<Double> parts = new TreeSet<>();
        double last = 0;
        for (int millis = 0; millis <= 30_000; millis += 10) {
            double part = part(millis);
            assertThat(part).isGreaterThanOrEqualTo(last);
            if (millis >= 3000) {
                assertThat(part).isBetween(millis / 30_000.0 - 0.05 - 1e-9, millis / 30_000.0 + 1e-9);
            }
            last = part;
            parts.add(part);
        }
        assertThat(parts).hasSize(19);
    }

    @Test
    void withoutASlowStartAllOfTheWeightIsThereAtOnce() {
        assertThat(SlowStart.part(Duration.ZERO, 0)).isEqualTo(1);
    }

    private static double part(long millis) {
        return SlowStart.part(THIRTY, millis * 1_000_000);
    }
}
