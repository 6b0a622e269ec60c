package io.fairlead.balance.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeakEwmaOptionsTest {
    @Test
    void theEndsOfTheRangeAreWithinIt() {
        assertThat(new PeakEwmaOptions(Duration.ofMillis(100)).decay()).hasMillis(100);
        assertThat(new PeakEwmaOptions(Duration.ofMinutes(10)).decay()).hasMinutes(10);
    }

    @Test
    void otherDecaysAreRefused() {
        assertThatThrownBy(() -> new PeakEwmaOptions(Duration.ofMillis(99)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("decay: 99ms (expected: 100ms or more)");
        assertThatThrownBy(() -> new PeakEwmaOptions(Duration.ofSeconds(601)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("decay: 601s (expected: 10m or less)");
    }
}
