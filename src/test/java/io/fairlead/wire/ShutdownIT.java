package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.net.ConnectException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Stopping loses no request that was taken, and ends in bounded time. */
class ShutdownIT {
    private static final Duration LONG = Duration.ofSeconds(8);

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void requestInFlightIsFinished() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        Script slow = wire -> {
            wire.readHead();
            stopping.await();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 4");
            wire.send("well");
            wire.awaitClose();
        };
        RawServer member = fairlead.member(slow, Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        RawClient idle = fairlead.client();
        idle.expectUsable();
        Future<Void> stopped = fairlead.stop(Duration.ZERO, LONG);
        idle.expectClosed();
        assertThat(stopped.isComplete()).isFalse();
        stopping.countDown();
        assertThat(client.readAnswer().text()).isEqualTo("well");
        client.expectClosed();
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void answersAnnounceThatTheConnectionCloses() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        fairlead.stop(Duration.ofSeconds(1), LONG);
        Answer answer = client.get("/");
        while (!answer.head().lists("connection", "close")) {
            answer = client.get("/");
        }
        assertThat(answer.status()).isEqualTo(200);
        client.expectClosed();
    }

    @Test
    void newConnectionsAreRefusedInTheEnd() throws Exception {
        fairlead.member(Script.ok());
        int port = fairlead.port();
        Future<Void> stopped = fairlead.stop(Duration.ZERO, LONG);
        Await.until("stopped", stopped::succeeded);
        assertThatThrownBy(() -> RawClient.connect(port)).isInstanceOf(ConnectException.class);
    }

    @Test
    void requestThatHangsIsCutAtTheEndOfTheGrace() throws Exception {
        RawServer member = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        Future<Void> stopped = fairlead.stop(Duration.ZERO, Duration.ofMillis(200));
        assertThat(client.nextHead()).isNull();
        member.awaitEnded(1);
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void tunnelIsCutAtTheEndOfTheGrace() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
        assertThat(client.readHead().status()).isEqualTo(101);
        Future<Void> stopped = fairlead.stop(Duration.ZERO, Duration.ofMillis(200));
        client.expectClosed();
        member.awaitEnded(1);
        Await.until("stopped", stopped::succeeded);
    }
}
