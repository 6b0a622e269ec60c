package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "512B, 512",
        "64KiB, 65536",
        "10MiB, 10485760",
        "1GiB, 1073741824",
        "1536B, 1536",
        "2048GiB," + " 2199023255552"
    })
    void readsAndWritesTheSameText(String text, long bytes) {
        assertThat(Size.parse(text)).isEqualTo(new Size(bytes)).hasToString(text);
    }

    @Test
    void writesTheLargestUnitThatHoldsItExactly() {
        assertThat(Size.parse("1024B")).hasToString("1KiB");
        assertThat(Size.parse("2048KiB")).hasToString("2MiB");
        assertThat(Size.parse("1025KiB")).hasToString("1025KiB");
        assertThat(Size.parse("0GiB")).hasToString("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64", "64k", "64KB", "64 KiB", "-1B", "1.5MiB", "KiB", "1TiB", "1234567890123456B"})
    void refusesAMissingOrUnknownUnit(String text) {
        assertThatThrownBy(() -> Size.parse(text))
                .hasMessage("\"" + text + "\" (expected: a size such as \"64KiB\" or \"10MiB\")");
    }

    @Test
    void refusesWhatDoesNotFit() {
        assertThat(Size.parse("8589934591GiB").bytes()).isEqualTo(8_589_934_591L << 30);
        assertThatThrownBy(() -> Size.parse("8589934592GiB"))
                .hasMessage("\"8589934592GiB\" (expected: at most 8589934591GiB)");
        assertThatThrownBy(() -> new Size(-1)).hasMessage("-1 (expected: zero bytes or more)");
    }
}
