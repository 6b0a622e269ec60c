package io.fairlead.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "a=1                | 1",
                "x=0; a=1; y=2      | 1",
                "x=0;a=1            | 1",
                "aa=2; a=1          | 1",
                "xa=2; a=1          | 1",
                "a=1; a=2           | 1",
                "a=b=c              | b=c",
                "a=                 | ''",
                "x=a=1              | none",
                "a                  | none",
                "A=1                | none",
                "''                 | none",
                ";;; a=1 ;          | 1",
            })
    void theFirstOfTheNameCounts(String header, String value) {
        assertThat(value(header, 0, header.length(), ';')).isEqualTo(value);
    }

    @Test
    void nothingBeyondTheEndsIsLookedAt() {
        String uri = "/a=0?x=1&a=2#&a=3";
        assertThat(value(uri, uri.indexOf('?') + 1, uri.indexOf('#'), '&')).isEqualTo("2");
        assertThat(value(uri, uri.indexOf('?') + 1, uri.indexOf("a=2"), '&')).isNull();
    }

    private static @Nullable String value(String text, int from, int end, char separator) {
        int value = Pairs.find(text, from, end, separator, "a");
        return value < 0 ? null : text.substring(value, Pairs.end(text, value, end, separator));
    }
}
