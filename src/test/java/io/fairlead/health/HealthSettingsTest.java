package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.settings.Choice;
import io.fairlead.settings.Share;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HealthSettingsTest {
    private record NoOptions() {}

    @Test
    void takesTheEndsOfItsRanges() {
        assertThat(settings(10, 1, 1, 1, "50%").interval()).isEqualTo(Duration.ofMillis(10));
        assertThat(settings(86_400_000, 86_400_000, Integer.MAX_VALUE, Integer.MAX_VALUE, "0%")
                        .timeout())
                .isEqualTo(Duration.ofDays(1));
    }

    @Test
    void refusesWhatIsOutOfRange() {
        assertThatThrownBy(() -> settings(9, 1, 1, 1, "0%")).hasMessage("interval: 9ms (expected: 10ms or more)");
        assertThatThrownBy(() -> settings(86_401_000, 1, 1, 1, "0%"))
                .hasMessage("interval: 86401s (expected: 24h or less)");
        assertThatThrownBy(() -> settings(10, 0, 1, 1, "0%")).hasMessage("timeout: 0ms (expected: 1ms or more)");
        assertThatThrownBy(() -> settings(10, 1, 0, 1, "0%")).hasMessage("rise: 0 (expected: 1 or more)");
        assertThatThrownBy(() -> settings(10, 1, 1, -1, "0%")).hasMessage("fall: -1 (expected: 1 or more)");
        assertThatThrownBy(() -> settings(10, 1, 1, 1, "51%")).hasMessage("jitter: 51% (expected: 0% to 50%)");
    }

    private static HealthSettings settings(long interval, long timeout, int rise, int fall, String jitter) {
        return new HealthSettings(
                new Choice("scripted", new NoOptions()),
                Duration.ofMillis(interval),
                Duration.ofMillis(timeout),
                rise,
                fall,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Share.parse(jitter),
                HealthSettings.Start.DOWN);
    }
}
