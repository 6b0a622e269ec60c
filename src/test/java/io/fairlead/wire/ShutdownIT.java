package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
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
        RawServer member = fairlead.member(slow);
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        Future<Void> stopped = stop(LONG);
        assertThat(stopped.isComplete()).isFalse();
        stopping.countDown();
        expectLast(client, client.readAnswer(), "well");
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void idleConnectionIsLeftUntilItsNextRequestIsAnswered() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        Future<Void> stopped = stop(LONG);
        expectLast(client, client.get("/"), "ok");
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void connectionThatWasNeverUsedIsLeftLikewise() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        fairlead.awaitStats("it is accepted", stats -> stats.incoming().connections() == 1);
        Future<Void> stopped = stop(LONG);
        expectLast(client, client.get("/"), "ok");
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void idleConnectionEndsAtItsTimeout() throws Exception {
        fairlead.listener("idle_timeout = \"400ms\"").member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        Future<Void> stopped = stop(Duration.ofMinutes(1));
        client.expectClosed();
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void idleConnectionEndsWithTheGrace() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        Future<Void> stopped = stop(Duration.ofMillis(300));
        client.expectClosed();
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void pipelinedRequestsAreAllAnsweredAndTheLastAnswerSaysClose() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        Future<Void> stopped = stop(LONG);
        String request = Wire.head("GET / HTTP/1.1", RawClient.HOST);
        client.send(request + request + request);
        for (int i = 0; i < 2; i++) {
            Answer answer = client.readAnswer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head().lists("connection", "close")).isFalse();
        }
        expectLast(client, client.readAnswer(), "ok");
        Await.until("stopped", stopped::succeeded);
    }

    @Test
    void answerThatHasBegunLeavesTheConnectionForOneMore() throws Exception {
        CountDownLatch stopping = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 4");
            stopping.await();
            wire.send("well");
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Head head = client.readHead();
        Future<Void> stopped = stop(LONG);
        stopping.countDown();
        assertThat(head.lists("connection", "close")).isFalse();
        assertThat(client.readRest(head).text()).isEqualTo("well");
        expectLast(client, client.get("/"), "ok");
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
    void tunnelIsLeftUntilTheEndOfTheGrace() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            wire.send(wire.readText(5));
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
        assertThat(client.readHead().status()).isEqualTo(101);
        Future<Void> stopped = stop(Duration.ofMillis(500));
        client.send("hello");
        assertThat(client.readText(5)).isEqualTo("hello");
        client.expectClosed();
        member.awaitEnded(1);
        Await.until("stopped", stopped::succeeded);
    }

    /** Begins to stop at once, and waits until no connections are taken any more. */
    private Future<Void> stop(Duration grace) throws Exception {
        int port = fairlead.port();
        Future<Void> stopped = fairlead.stop(Duration.ZERO, grace);
        Await.until("connections are refused", () -> {
            try (RawClient late = RawClient.connect(port)) {
                return false;
            } catch (IOException refused) {
                return true;
            }
        });
        return stopped;
    }

    private static void expectLast(RawClient client, Answer answer, String text) throws Exception {
        assertThat(answer.text()).isEqualTo(text);
        assertThat(answer.head().lists("connection", "close")).isTrue();
        client.expectClosed();
    }
}
