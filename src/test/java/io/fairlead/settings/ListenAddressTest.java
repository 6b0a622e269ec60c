package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0:8080, 0.0.0.0, 8080, 0.0.0.0:8080",
        "[::]:8080, ::, 8080, [::]:8080",
        ":8080, 0.0.0.0, 8080, 0.0.0.0:8080",
        "localhost:0, localhost, 0, localhost:0",
        "127.0.0.1:65535, 127.0.0.1, 65535, 127.0.0.1:65535"
    })
    void readsAndWrites(String text, String host, int port, String written) {
        assertThat(ListenAddress.parse(text))
                .isEqualTo(new ListenAddress(host, port))
                .hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "8080", "localhost", "::1:8080", "http://a:80", "a:80/x", "a b:80", "a:-1", "a:123456"})
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> ListenAddress.parse(text))
                .hasMessage(
                        "\"" + text + "\" (expected: host:port, such as \"0.0.0.0:8080\", \"[::]:8080\" or \":8080\")");
    }

    @Test
    void refusesAPortOutOfRange() {
        assertThatThrownBy(() -> ListenAddress.parse("a:65536")).hasMessage("port: 65536 (expected: 0 to 65535)");
    }

    @Test
    void knowsWhatOnlyThisMachineCanReach() {
        assertThat(ListenAddress.parse("127.0.0.1:1").isLoopback()).isTrue();
        assertThat(ListenAddress.parse("[::1]:1").isLoopback()).isTrue();
        assertThat(ListenAddress.parse("localhost:1").isLoopback()).isTrue();
        assertThat(ListenAddress.parse(":1").isLoopback()).isFalse();
        assertThat(ListenAddress.parse("127.shop.example:1").isLoopback()).isFalse();
    }

    @Test
    void takesThePortThatWasBound() {
        assertThat(ListenAddress.parse("[::1]:0").withPort(4711)).hasToString("[::1]:4711");
    }
}
