package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShareTest {
    @ParameterizedTest
    @CsvSource({"0%, 0", "20%, 0.2", "12.5%, 0.125", "100%, 1", "125%, 1.25", "0.1%, 0.001", "999999%, 9999.99"})
    void readsAndWritesTheSameText(String text, double fraction) {
        assertThat(Share.parse(text)).isEqualTo(new Share(fraction)).hasToString(text);
    }

    @Test
    void everyTenthOfAPercentSurvivesWritingAndReading() {
        for (int tenths = 0; tenths <= 2000; tenths++) {
            Share share = Share.parse(tenths / 10 + "." + tenths % 10 + "%");
            assertThat(Share.parse(share.toString())).isEqualTo(share);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "20", "0.2", "-1%", "20 %", "1e2%", ".5%", "5.%", "1000000%"})
    void refusesWhatIsNoPercentage(String text) {
        assertThatThrownBy(() -> Share.parse(text)).hasMessage("\"" + text + "\" (expected: a share such as \"20%\")");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesFractionsThatAreNone(double fraction) {
        assertThatThrownBy(() -> new Share(fraction)).isInstanceOf(IllegalArgumentException.class);
    }
}
