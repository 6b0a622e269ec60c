package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FailureWordsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    @Test
    void namesTheWaysToFailToConnect() {
        assertThat(connecting(
                        new NoRouteToHostException("finishConnect(..) failed with error(-113): No route to host")))
                .isEqualTo(new Failed(Reason.CONNECT, "host unreachable"));
        assertThat(connecting(new SocketException("Network is unreachable: /10.0.0.1:80")))
                .isEqualTo(new Failed(Reason.CONNECT, "host unreachable"));
        assertThat(connecting(new ConnectException("Connection refused: /127.0.0.1:9001")))
                .isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
        assertThat(connecting(new ConnectException("connection timed out after 1000 ms: /127.0.0.1:9001")))
                .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 1000 ms"));
        assertThat(connecting(new IOException("Connection reset by peer")))
                .isEqualTo(new Failed(Reason.CONNECT, "connection reset"));
        assertThat(connecting(new IOException("Too many open files")))
                .isEqualTo(new Failed(Reason.CONNECT, "no connection: Too many open files"));
        assertThat(connecting(new IOException())).isEqualTo(new Failed(Reason.CONNECT, "no connection: unknown"));
    }

    @Test
    void namesTheWaysToFailToAnswer() {
        assertThat(FailureWords.broken(new IOException("Broken pipe"), true))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection broken in the body"));
        assertThat(FailureWords.broken(new SocketException("Connection reset"), false))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection reset before an answer"));
        assertThat(FailureWords.broken(new IOException("Broken pipe"), false))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection broken before an answer"));
    }

    @Test
    void quotesWhatCameInOnePrintableShortLine() {
        assertThat(FailureWords.broken(new IllegalStateException("what: \u0015\r\n<b>\u00e4"), false))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection broken before an answer: what: ...<b>."));
        assertThat(FailureWords.broken(new IllegalStateException("x".repeat(500)), false)
                        .detail())
                .isEqualTo("connection broken before an answer: " + "x".repeat(80) + "...");
    }

    private static Failed connecting(Throwable cause) {
        return FailureWords.connecting(cause, TIMEOUT);
    }
}
