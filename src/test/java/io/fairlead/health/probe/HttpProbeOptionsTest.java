package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.settings.StatusRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpProbeOptionsTest {
    private static final List<StatusRange> OK = List.of(new StatusRange(200, 299));

    @Test
    void takesWhatAProbeMaySend() {
        HttpProbeOptions options =
                new HttpProbeOptions("/a/b?c=d%20e", "POST", "[::1]:80", Map.of("X-A", "b c"), OK, 65_535);
        assertThat(options.expects(204)).isTrue();
        assertThat(options.expects(300)).isFalse();
        assertThat(options.expected()).isEqualTo("200-299");
    }

    @Test
    void refusesWhatWouldBreakTheRequest() {
        assertThatThrownBy(() -> new HttpProbeOptions("health", "GET", "", Map.of(), OK, 0))
                .hasMessage("path: \"health\" (expected: to start with a slash, without spaces or a fragment)");
        assertThatThrownBy(() -> new HttpProbeOptions("/a b", "GET", "", Map.of(), OK, 0))
                .hasMessageStartingWith("path: ");
        assertThatThrownBy(() -> new HttpProbeOptions("/a\r\nX: y", "GET", "", Map.of(), OK, 0))
                .hasMessageStartingWith("path: ");
        assertThatThrownBy(() -> new HttpProbeOptions("/", "CONNECT", "", Map.of(), OK, 0))
                .hasMessage("method: \"CONNECT\" (expected: a method such as \"GET\" or \"HEAD\", not CONNECT)");
        assertThatThrownBy(() -> new HttpProbeOptions("/", "get", "", Map.of(), OK, 0))
                .hasMessageStartingWith("method: ");
        assertThatThrownBy(() -> new HttpProbeOptions("/", "GET", "a b", Map.of(), OK, 0))
                .hasMessage("host: \"a b\" (expected: a host name, with or without a port)");
        assertThatThrownBy(() -> new HttpProbeOptions("/", "GET", "", Map.of(), List.of(), 0))
                .hasMessage("expect_status: empty (expected: at least one, such as \"200-299\")");
        assertThatThrownBy(() -> new HttpProbeOptions("/", "GET", "", Map.of(), OK, 65_536))
                .hasMessage("port: 65536 (expected: 0 to 65535)");
    }

    @Test
    void refusesHeadersThatFrameTheMessageOrNameTheHost() {
        assertThatThrownBy(() -> withHeader("Host", "x"))
                .hasMessage("headers: Host (expected: none that the probe sets itself; use the key host)");
        assertThatThrownBy(() -> withHeader("transfer-encoding", "chunked"))
                .hasMessage("headers: transfer-encoding (expected: none that the probe sets itself)");
        assertThatThrownBy(() -> withHeader("X A", "b")).hasMessageStartingWith("headers: \"X A\"");
        assertThatThrownBy(() -> withHeader("X-A", "b\r\nX: y")).hasMessageStartingWith("headers.X-A: ");
    }

    private static HttpProbeOptions withHeader(String name, String value) {
        return new HttpProbeOptions("/", "GET", "", Map.of(name, value), OK, 0);
    }
}
