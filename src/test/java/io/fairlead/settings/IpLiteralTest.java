package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpLiteralTest {
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "::1", "2001:db8::1", "::ffff:10.0.0.1"})
    void takesAddresses(String text) {
        assertThat(IpLiteral.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1",
                "10.0.0.256",
                "010.0.0.1",
                "1.2.3.4.5",
                "1.2.3.4%a",
                "[::1]",
                ":",
                ":::",
                "1:2",
                "::g",
                "::1::",
                "app",
                "localhost",
                "127.0.0.1.example"
            })
    void takesNothingElse(String text) {
        assertThat(IpLiteral.is(text)).isFalse();
    }

    @Test
    void ignoresTheZone() {
        assertThat(IpLiteral.bytes("fe80::1%eth0"))
                .isEqualTo(IpLiteral.bytes("fe80::1"))
                .hasSize(16);
    }

    @Test
    void readsMappedIpv4AsIpv4() {
        assertThat(IpLiteral.bytes("::ffff:10.0.0.1")).containsExactly(10, 0, 0, 1);
    }

    @Test
    void knowsLoopback() {
        assertThat(IpLiteral.isLoopback("127.1.2.3")).isTrue();
        assertThat(IpLiteral.isLoopback("0:0:0:0:0:0:0:1")).isTrue();
        assertThat(IpLiteral.isLoopback("128.0.0.1")).isFalse();
        assertThat(IpLiteral.isLoopback("127.example")).isFalse();
    }
}
