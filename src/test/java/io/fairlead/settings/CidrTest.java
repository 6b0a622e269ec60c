package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "172.16.0.0/12, 172.31.255.255, true",
        "172.16.0.0/12, 172.32.0.0, false",
        "192.168.1.7, 192.168.1.7, true",
        "192.168.1.7, 192.168.1.6, false",
        "0.0.0.0/0, 8.8.8.8, true",
        "0.0.0.0/0, ::1, false",
        "10.0.0.0/31, 10.0.0.1, true",
        "10.0.0.0/31, 10.0.0.2, false",
        "10.9.9.9/8, 10.0.0.1, true",
        "2001:db8::/33, 2001:db8:7fff::1, true",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "::/0, 2001:db8::1, true",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "fe80::/10, fe80::1%eth0, true",
        "private, 192.168.3.4, true",
        "private, fe80::1%2, true",
        "private, 8.8.8.8, false",
        "loopback, 127.9.9.9, true",
        "loopback, ::1, true",
        "loopback, 10.0.0.1, false",
        "private, localhost, false",
        "0.0.0.0/0, 10.1, false"
    })
    void containsItsAddressesAndNoOthers(String block, String address, boolean contained) {
        assertThat(Cidr.parse(block).contains(address)).isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10",
                "10.1/16",
                "256.0.0.0/8",
                "app.internal",
                "10.0.0.0/",
                "/8",
                "10.0.0.0/-1",
                "10.0.0.0/8/8",
                "2001:db8::g/32",
                "Private",
                "[::1]"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatThrownBy(() -> Cidr.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text
                        + "\" (expected: a block such as \"10.0.0.0/8\", an address, \"private\" or \"loopback\")");
    }

    @Test
    void refusesAPrefixThatIsTooLong() {
        assertThatThrownBy(() -> Cidr.parse("10.0.0.0/33"))
                .hasMessage("\"10.0.0.0/33\" (expected: a prefix of at most 32 bits)");
        assertThatThrownBy(() -> Cidr.parse("::/129"))
                .hasMessage("\"::/129\" (expected: a prefix of at most 128 bits)");
    }

    @Test
    void isWrittenAndComparedAsItWasRead() {
        assertThat(Cidr.parse("private")).hasToString("private").isEqualTo(Cidr.parse("private"));
        assertThat(Cidr.parse("10.0.0.0/8")).isNotEqualTo(Cidr.parse("10.0.0.0/9"));
    }
}
