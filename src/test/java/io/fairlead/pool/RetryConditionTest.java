package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryConditionTest {
    @Test
    void wordsCoverThemselvesOnly() {
        RetrySettings both = on("connect-failure", "reset");
        assertThat(both.isOn(RetryCondition.CONNECT_FAILURE)).isTrue();
        assertThat(both.isOn(RetryCondition.RESET)).isTrue();
        assertThat(both.isOn(RetryCondition.ofStatus(503))).isFalse();
        assertThat(on("reset").isOn(RetryCondition.CONNECT_FAILURE)).isFalse();
        assertThat(on("500-599").isOn(RetryCondition.RESET)).isFalse();
    }

    @Test
    void statusesCoverTheirRange() {
        RetrySettings settings = on("429", "500-502");
        assertThat(settings.isOn(RetryCondition.ofStatus(429))).isTrue();
        assertThat(settings.isOn(RetryCondition.ofStatus(500))).isTrue();
        assertThat(settings.isOn(RetryCondition.ofStatus(502))).isTrue();
        assertThat(settings.isOn(RetryCondition.ofStatus(503))).isFalse();
        assertThat(settings.isOn(RetryCondition.ofStatus(428))).isFalse();
    }

    @Test
    void anAnswerThatDoesNotComeIsA504() {
        assertThat(on("504").isOn(RetryCondition.TIMEOUT)).isTrue();
        assertThat(on("500-599").isOn(RetryCondition.TIMEOUT)).isTrue();
        assertThat(on("503", "reset").isOn(RetryCondition.TIMEOUT)).isFalse();
    }

    @Test
    void onlyErrorsCanBeAReason() {
        assertThat(RetryCondition.isPossible(399)).isFalse();
        assertThat(RetryCondition.isPossible(400)).isTrue();
        assertThat(RetryCondition.isPossible(599)).isTrue();
        assertThat(RetryCondition.isPossible(600)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Reset", "timeout", "200", "399-500", "600", "5xx", "503-500", "503 "})
    void refusesAllElseAndSaysWhatItMayBe(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RetryCondition.parse(text))
                .withMessageStartingWith("\"" + text + "\" (expected: connect-failure, reset, or statuses");
    }

    private static RetrySettings on(String... conditions) {
        return new RetrySettings(
                3,
                Arrays.stream(conditions).map(RetryCondition::parse).collect(Collectors.toSet()),
                Share.parse("20%"),
                Duration.ZERO,
                false);
    }
}
