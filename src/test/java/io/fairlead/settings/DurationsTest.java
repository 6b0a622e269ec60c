package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as they are written. */
class DurationsTest {
    @ParameterizedTest
    @CsvSource({"0s, PT0S", "250ms, PT0.25S", "2s, PT2S", "90s, PT1M30S", "1m, PT1M", "1000000h, PT1000000H"})
    void eachUnit(String text, Duration duration) {
        assertThat(Durations.parse(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "1 s", "1S", "1d", "1s ", "9999999999s"})
    void whatIsNone(String text) {
        assertThatThrownBy(() -> Durations.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" (expected: a duration such as \"250ms\", \"2s\", \"1m\" or \"1h\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000001h", "999999999h"})
    void whatIsTooLongToBeReckonedWith(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessage("\"" + text + "\" (expected: at most 1000000h)");
    }
}
