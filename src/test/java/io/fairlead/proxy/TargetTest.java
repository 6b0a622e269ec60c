package io.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetTest {
    @ParameterizedTest
    @CsvSource({
        "/a?b, /a?b",
        "/a//b/../c?x=%20&&y, /a//b/../c?x=%20&&y",
        "*, *",
        "http://h/p?q, /p?q",
        "HTTP://h:80/p, /p",
        "https://h, /",
        "http://h?q, /?q"
    })
    void pathAndQueryAreKeptByteForByte(String target, String expected) {
        assertThat(Target.pathAndQuery(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"http://h/p, h", "http://h:81, h:81", "https://[::1]:8443?x, [::1]:8443"})
    void theAuthorityEndsWhereThePathOrTheQueryBegins(String target, String expected) {
        assertThat(Target.authority(target)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"Shop.Example:80, shop.example", "h, h", "[::1]:80, [::1]", "[2001:DB8::1], [2001:db8::1]", "h:, h"})
    void theHostIsWithoutPortAndInLowerCase(String authority, String expected) {
        assertThat(Target.host(authority)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/a?b, /a", "/a, /a", "/?, /"})
    void thePathIsWithoutTheQuery(String target, String expected) {
        assertThat(Target.path(target)).isEqualTo(expected);
    }
}
