package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusRangeTest {
    @Test
    void containsBothEnds() {
        StatusRange range = StatusRange.parse("200-299");
        assertThat(range.contains(200)).isTrue();
        assertThat(range.contains(299)).isTrue();
        assertThat(range.contains(199)).isFalse();
        assertThat(range.contains(300)).isFalse();
    }

    @Test
    void oneCodeIsARangeOfOne() {
        assertThat(StatusRange.parse("204"))
                .isEqualTo(new StatusRange(204, 204))
                .hasToString("204");
        assertThat(StatusRange.parse("204-204")).hasToString("204");
        assertThat(StatusRange.parse("100-599")).hasToString("100-599");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "2000", "2xx", "200-", "-299", "200 - 299", "200,204"})
    void refusesWhatIsNoRange(String text) {
        assertThatThrownBy(() -> StatusRange.parse(text))
                .hasMessage("\"" + text + "\" (expected: a status such as \"204\" or \"200-299\")");
    }

    @ParameterizedTest
    @ValueSource(strings = {"099", "600", "299-200", "200-600"})
    void refusesCodesOutOfRangeOrOrder(String text) {
        assertThatThrownBy(() -> StatusRange.parse(text))
                .hasMessageEndingWith("(expected: status codes from 100 to 599, the smaller first)");
    }
}
