package io.fairlead.member;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MemberAddressTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.11:9001, 10.0.0.11, 9001",
        "[2001:db8::1]:9001, 2001:db8::1, 9001",
        "[fe80::1%eth0]:80, fe80::1%eth0, 80",
        "app.internal:1, app.internal, 1",
        "app_1:65535, app_1, 65535",
        "1and1.example.:80, 1and1.example., 80",
        "a:80, a, 80"
    })
    void readsAndWritesTheSameText(String text, String host, int port) {
        assertThat(MemberAddress.parse(text))
                .isEqualTo(new MemberAddress(host, port))
                .hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "app",
                ":80",
                "app:",
                "app:x",
                "app:123456",
                "http://app:80",
                "app:80/x",
                "::1:80",
                "[::1]",
                "[app]:80",
                "[10.0.0.1]:80",
                "[:::]:80",
                "10.0.0.256:80",
                "10.0.0:80",
                "10:80",
                "a b:80",
                "a,b:80",
                "a@b:80",
                "a..b:80",
                ".a:80"
            })
    void refusesWhatIsNeitherAddressNorName(String text) {
        assertThatThrownBy(() -> MemberAddress.parse(text))
                .hasMessage("\"" + text + "\" (expected: host:port, such as \"10.0.0.11:9001\" or \"[::1]:9001\")");
    }

    @Test
    void refusesAPortOutOfRange() {
        assertThatThrownBy(() -> MemberAddress.parse("a:0")).hasMessage("port: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> MemberAddress.parse("a:65536")).hasMessage("port: 65536 (expected: 1 to 65535)");
    }
}
