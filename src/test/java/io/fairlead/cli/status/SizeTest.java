package io.fairlead.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The window of a terminal. */
class SizeTest {
    @ParameterizedTest
    @CsvSource({
        "24 80, 24, 80",
        "'50 132\n', 50, 132",
        "'', 24, 80",
        "0 0, 24, 80",
        "stty: no tty, 24, 80",
        "99999 80, 24, 80",
    })
    void itsSizeIsWhatSttySaysOrTheUsual(String said, int rows, int columns) {
        assertThat(Size.parse(said)).isEqualTo(new Size(rows, columns));
    }
}
