package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A member that is slow to answer is left for another one that can take the request; where there is none, the wait goes on.
 * The first member in the file always gets the request first.
 */
class PerTryTimeoutIT {
    /** However long it takes to connect. */
    private static final String ONLY_WHILE_IT_ANSWERS = "per_try_timeout = \"50ms\"\non = [\"reset\", \"504\"]";

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    private final CountDownLatch release = new CountDownLatch(1);

    /** Answers when the test says so. */
    private final Script slow = wire -> {
        for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
            wire.readRequestBody(head);
            release.await();
            wire.sendUnlessRefused("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nslow");
        }
    };

    @BeforeEach
    void firstMemberFirst() {
        fairlead.pool("strategy = \"first\"");
    }

    @Test
    void aSlowMemberIsLeftForAnother() throws Exception {
        retry("per_try_timeout = \"100ms\"");
        RawServer first = fairlead.member(Script.hanging());
        RawServer second = fairlead.member(Script.hanging());
        fairlead.member(Script.ok());
        assertThat(fairlead.client().get("/").text()).isEqualTo("ok");
        first.awaitEnded(1);
        second.awaitEnded(1);
    }

    @Test
    void theOnlyMemberIsWaitedFor() throws Exception {
        retry("per_try_timeout = \"50ms\"");
        fairlead.member(slow);
        expectWaitsForTheFirst("GET / HTTP/1.1", RawClient.HOST);
    }

    @Test
    void theLastMemberIsWaitedFor() throws Exception {
        retry("per_try_timeout = \"50ms\"");
        RawServer first = fairlead.member(Script.hanging());
        fairlead.member(slow);
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        first.awaitEnded(1);
        pauseLongerThanATry();
        release.countDown();
        assertThat(client.readAnswer().text()).isEqualTo("slow");
    }

    @Test
    void theLastAttemptIsWaitedFor() throws Exception {
        retry("per_try_timeout = \"50ms\"\nattempts = 2");
        RawServer first = fairlead.member(Script.hanging());
        fairlead.member(slow);
        RawServer third = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        first.awaitEnded(1);
        pauseLongerThanATry();
        release.countDown();
        assertThat(client.readAnswer().text()).isEqualTo("slow");
        third.expectNoConnection();
    }

    @Test
    void aPostIsWaitedFor() throws Exception {
        retry(ONLY_WHILE_IT_ANSWERS);
        fairlead.member(slow);
        RawServer second = fairlead.member(Script.ok());
        expectWaitsForTheFirst("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 0");
        second.expectNoConnection();
    }

    @Test
    void anUploadThatWasReadIsWaitedFor() throws Exception {
        retry(ONLY_WHILE_IT_ANSWERS);
        RawServer first = fairlead.member(slow);
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("PUT / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        first.awaitHeads(1);
        pauseLongerThanATry();
        release.countDown();
        assertThat(client.readAnswer().text()).isEqualTo("slow");
        second.expectNoConnection();
    }

    @Test
    void itIsWaitedForWhereA504IsNoReason() throws Exception {
        retry("per_try_timeout = \"50ms\"\non = [\"reset\", \"503\"]");
        fairlead.member(slow);
        RawServer second = fairlead.member(Script.ok());
        expectWaitsForTheFirst("GET / HTTP/1.1", RawClient.HOST);
        second.expectNoConnection();
    }

    @Test
    void theWaitEndsWithTheFirstByte() throws Exception {
        retry("per_try_timeout = \"100ms\"\n[pools.app.timeouts]\nfirst_byte = \"400ms\"");
        RawServer first = fairlead.member(Script.hanging());
        RawServer second = fairlead.member(Script.hanging());
        Problem problem = Problem.expect(fairlead.client().get("/"), 504, "upstream-timeout");
        assertThat(problem.detail()).contains("first byte");
        assertThat(first.heads()).hasSize(1);
        assertThat(second.heads()).hasSize(1);
    }

    @Test
    void anAnswerThatHasBegunMayTakeItsTime() throws Exception {
        retry("per_try_timeout = \"1s\"");
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 25");
            for (int i = 0; i < 25; i++) {
                Await.pause();
                wire.send("x");
            }
            wire.awaitClose();
        });
        RawServer second = fairlead.member(Script.ok());
        assertThat(fairlead.client().get("/").text()).hasSize(25);
        second.expectNoConnection();
    }

    @Test
    void aTunnelMayStayOpen() throws Exception {
        retry("per_try_timeout = \"1s\"");
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            pauseLongerThan(25);
            wire.send("late");
            wire.awaitClose();
        });
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
        assertThat(client.readHead().status()).isEqualTo(101);
        assertThat(client.readText(4)).isEqualTo("late");
        client.close();
        second.expectNoConnection();
    }

    @Test
    void connectingIsPartOfATry() throws Exception {
        retry("per_try_timeout = \"100ms\"\n[pools.app.timeouts]\nconnect = \"30s\"\nfirst_byte = \"31s\"");
        try (DeafServer deaf = DeafServer.start()) {
            fairlead.memberAt(deaf.address());
            fairlead.member(Script.echo());
            RawClient client = fairlead.client();
            client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
            client.send("hello");
            assertThat(client.readAnswer().text()).isEqualTo("hello");
        }
    }

    /** The other member is busy when the time has passed; when it is free, it is asked again. */
    @Test
    void whoFoundNoRoomAsksAgain() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        fairlead.member(busyThen(free, Wire::awaitClose), Script.hanging());
        RawServer second = fairlead.member(slow);
        RawClient[] busy = occupyBoth(free);
        RawClient stuck = fairlead.client();
        stuck.sendHead("GET /stuck HTTP/1.1", RawClient.HOST);
        fairlead.awaitInFlight(2);
        pauseLongerThanATry();
        release.countDown();
        assertThat(busy[1].readAnswer().text()).isEqualTo("slow");
        assertThat(stuck.readAnswer().text()).isEqualTo("slow");
        assertThat(second.heads()).extracting(Head::target).containsExactly("/1", "/stuck");
    }

    /** What waits in the queue is no try. */
    @Test
    void theQueueHasItsOwnTime() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        fairlead.member(busyThen(free, Wire::close), Wire::readHead);
        RawServer second = fairlead.member(slow);
        fairlead.pool("queue_timeout = \"30s\"");
        RawClient[] busy = occupyBoth(free);
        RawClient retried = fairlead.client();
        retried.sendHead("GET /retried HTTP/1.1", RawClient.HOST);
        fairlead.awaitQueued(1);
        pauseLongerThanATry();
        release.countDown();
        assertThat(busy[1].readAnswer().text()).isEqualTo("slow");
        assertThat(retried.readAnswer().text()).isEqualTo("slow");
        assertThat(second.heads()).extracting(Head::target).containsExactly("/1", "/retried");
    }

    /** Answers its first request when it may, and does this with the second. */
    private static Script busyThen(CountDownLatch free, Script second) {
        return wire -> {
            wire.readHead();
            free.await();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            if (wire.nextHead() != null) {
                second.converse(wire);
            }
        };
    }

    /** Requests that may not be repeated occupy both members, until the first one is free. */
    private RawClient[] occupyBoth(CountDownLatch free) throws Exception {
        fairlead.pool("max_connections = 1");
        retry(ONLY_WHILE_IT_ANSWERS);
        RawClient[] clients = new RawClient[2];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = fairlead.client();
            clients[i].sendHead("POST /" + i + " HTTP/1.1", RawClient.HOST, "Content-Length: 0");
            fairlead.awaitInFlight(i + 1);
        }
        free.countDown();
        assertThat(clients[0].readAnswer().text()).isEqualTo("ok");
        fairlead.awaitInFlight(1);
        return clients;
    }

    private void retry(String lines) {
        fairlead.pool("[pools.app.retry]\n" + lines);
    }

    private void expectWaitsForTheFirst(String... head) throws Exception {
        RawClient client = fairlead.client();
        client.sendHead(head);
        fairlead.awaitInFlight(1);
        pauseLongerThanATry();
        release.countDown();
        assertThat(client.readAnswer().text()).isEqualTo("slow");
    }

    private static void pauseLongerThanATry() {
        pauseLongerThan(5);
    }

    private static void pauseLongerThan(int steps) {
        for (int i = 0; i <= steps; i++) {
            Await.pause();
        }
    }
}
