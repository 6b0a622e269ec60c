package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class HttpProbeOptionsTest {
    private static final HttpOptions DEFAULTS = new HttpOptions();

    @Test
    void takesWhatAProbeMaySend() {
        HttpProbeOptions options = DEFAULTS.path("/a/b?c=d%20e")
                .method("POST")
                .host("[::1]:80")
                .header("X-A", "b c")
                .port(65_535)
                .made();
        assertThat(options.expects(204)).isTrue();
        assertThat(options.expects(300)).isFalse();
        assertThat(options.expected()).isEqualTo("200-299");
    }

    @Test
    void refusesWhatWouldBreakTheRequest() {
        assertThatThrownBy(() -> DEFAULTS.path("health"))
                .hasMessage("path: \"health\" (expected: to start with a slash, without spaces or a fragment)");
        assertThatThrownBy(() -> DEFAULTS.path("/a b")).hasMessageStartingWith("path: ");
        assertThatThrownBy(() -> DEFAULTS.path("/a\r\nX: y")).hasMessageStartingWith("path: ");
        assertThatThrownBy(() -> DEFAULTS.method("CONNECT"))
                .hasMessage("method: \"CONNECT\" (expected: a method such as \"GET\" or \"HEAD\", not CONNECT)");
        assertThatThrownBy(() -> DEFAULTS.method("get")).hasMessageStartingWith("method: ");
        assertThatThrownBy(() -> DEFAULTS.host("a b"))
                .hasMessage("host: \"a b\" (expected: a host name, with or without a port)");
        assertThatThrownBy(DEFAULTS::statuses)
                .hasMessage("expect_status: empty (expected: at least one, such as \"200-299\")");
        assertThatThrownBy(() -> DEFAULTS.port(65_536)).hasMessage("port: 65536 (expected: 0 to 65535)");
    }

    @Test
    void refusesHeadersThatFrameTheMessageOrNameTheHost() {
        assertThatThrownBy(() -> DEFAULTS.header("Host", "x"))
                .hasMessage("headers: Host (expected: none that the probe sets itself; use the key host)");
        assertThatThrownBy(() -> DEFAULTS.header("transfer-encoding", "chunked"))
                .hasMessage("headers: transfer-encoding (expected: none that the probe sets itself)");
        assertThatThrownBy(() -> DEFAULTS.header("X A", "b")).hasMessageStartingWith("headers: \"X A\"");
    }

    @Test
    void doesNotQuoteTheValueOfAHeader() {
        assertThatThrownBy(() -> DEFAULTS.header("X-A", "hunter2\r\nX: y"))
                .hasMessage("headers: the value of X-A (expected: visible ASCII, spaces and tabs)");
    }

    @Test
    void expectsNoBodyOfAnAnswerThatHasNone() {
        assertThatThrownBy(() -> DEFAULTS.body("ready").method("HEAD"))
                .hasMessage("expect_body: \"ready\" (expected: none, because the answer to HEAD has no body)");
    }
}
