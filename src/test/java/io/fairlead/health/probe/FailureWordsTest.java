package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import io.vertx.core.http.HttpClosedException;
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
        assertThat(FailureWords.asking(new HttpClosedException("Connection was closed")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection closed before an answer"));
        assertThat(FailureWords.asking(new SocketException("Connection reset")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection reset before an answer"));
        assertThat(FailureWords.asking(new IOException("Broken pipe")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection broken before an answer"));
    }

    @Test
    void quotesWhatCameInOnePrintableShortLine() {
        assertThat(FailureWords.asking(new IllegalArgumentException("invalid version format: \u0015\r\n<b>\u00e4")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP: invalid version format: ...<b>."));
        assertThat(FailureWords.asking(new IllegalArgumentException("x".repeat(500)))
                        .detail())
                .isEqualTo("not HTTP: " + "x".repeat(80) + "...");
    }

    private static Failed connecting(Throwable cause) {
        return FailureWords.connecting(cause, TIMEOUT);
    }
}
