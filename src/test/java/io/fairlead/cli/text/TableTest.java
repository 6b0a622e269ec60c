package io.fairlead.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables in a terminal. */
class TableTest {
    @Test
    void aColumnIsAsWideAsItsWidestCellAndNumbersEndTogether() {
        Table table = new Table(List.of("NAME", "N", "WHY"), Set.of(1));
        table.add(List.of("a", "1", "x"));
        table.add(List.of("grüßt", "1000", ""));
        assertThat(table.lines()).containsExactly("NAME      N  WHY", "a         1  x", "grüßt  1000");
    }

    @Test
    void aCellMovesNoCursor() {
        Table table = new Table(List.of("A", "B"), Set.of());
        table.add(List.of("\u001b[31mred\r\n", "\u202e\u009bx"));
        assertThat(table.lines()).last().isEqualTo(".[31mred..  ..x");
    }

    @ParameterizedTest
    @CsvSource({
        "abcdef, 6, abcdef",
        "abcdef, 7, abcdef",
        "abcdef, 5, abcd…",
        "abcdef, 1, …",
        "abcdef, 0, ''",
        "😀😀😀, 2, 😀…"
    })
    void aLineIsCutToItsColumns(String text, int columns, String cut) {
        assertThat(Table.cut(text, columns)).isEqualTo(cut);
    }
}
