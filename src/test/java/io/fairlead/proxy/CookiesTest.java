package io.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CookiesTest {
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
        assertThat(Cookies.value(header, "a")).isEqualTo(value);
    }
}
