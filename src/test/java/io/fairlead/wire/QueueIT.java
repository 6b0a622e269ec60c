package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member gets no more requests at one time than {@code max_connections}; the others wait, fairly and not for ever. */
class QueueIT {
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    private final CountDownLatch release = new CountDownLatch(1);

    /** Answers every request, the first one when the test says so. */
    private final Script slowOnce = wire -> {
        for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
            wire.readRequestBody(head);
            release.await();
            wire.send(OK);
        }
    };

    @Test
    void thoseWhoWaitAreServedInTheOrderOfTheirComing() throws Exception {
        fairlead.pool("max_connections = 1\nqueue_timeout = \"10s\"");
        RawServer member = fairlead.member(slowOnce);
        RawClient[] clients = new RawClient[4];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = fairlead.client();
            clients[i].sendHead("GET /" + i + " HTTP/1.1", RawClient.HOST);
            fairlead.awaitInFlight(1);
            fairlead.awaitQueued(i);
        }
        release.countDown();
        for (RawClient client : clients) {
            assertThat(client.readAnswer().status()).isEqualTo(200);
        }
        assertThat(member.heads()).extracting(Head::target).containsExactly("/0", "/1", "/2", "/3");
    }

    @Test
    void aWaitThatIsTooLongEndsIn503() throws Exception {
        fairlead.pool("max_connections = 1\nqueue_timeout = \"200ms\"");
        RawServer member = fairlead.member(slowOnce);
        RawClient first = busy();
        Answer refused = fairlead.client().get("/second");
        Problem problem = Problem.expect(refused, 503, "queue-timeout");
        assertThat(problem.detail()).contains("200 ms");
        assertThat(refused.head().value("retry-after")).isEqualTo("1");
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().target()).isEqualTo("/first");
    }

    @Test
    void aQueueThatIsFullTakesNobody() throws Exception {
        fairlead.pool("max_connections = 1\nmax_queue = 1\nqueue_timeout = \"10s\"");
        fairlead.member(slowOnce);
        RawClient first = busy();
        RawClient second = fairlead.client();
        second.sendHead("GET /second HTTP/1.1", RawClient.HOST);
        fairlead.awaitQueued(1);
        Answer refused = fairlead.client().get("/third");
        Problem.expect(refused, 503, "queue-full");
        assertThat(refused.head().has("retry-after")).isTrue();
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
        assertThat(second.readAnswer().status()).isEqualTo(200);
    }

    @Test
    void aConnectionGoesOnAfterItsRequestWaitedInVain() throws Exception {
        fairlead.pool("max_connections = 1\nmax_queue = 0");
        fairlead.member(slowOnce);
        RawClient first = busy();
        RawClient second = fairlead.client();
        Problem.expect(second.get("/second"), 503, "queue-full");
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
        fairlead.awaitInFlight(0);
        assertThat(second.get("/again").status()).isEqualTo(200);
    }

    @Test
    void aClientThatLeavesLeavesTheQueue() throws Exception {
        fairlead.pool("max_connections = 1\nqueue_timeout = \"10s\"");
        RawServer member = fairlead.member(slowOnce);
        RawClient first = busy();
        RawClient second = fairlead.client();
        second.sendHead("GET /second HTTP/1.1", RawClient.HOST);
        fairlead.awaitQueued(1);
        RawClient third = fairlead.client();
        third.sendHead("GET /third HTTP/1.1", RawClient.HOST);
        fairlead.awaitQueued(2);
        second.close();
        fairlead.awaitQueued(1);
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
        assertThat(third.readAnswer().status()).isEqualTo(200);
        assertThat(member.heads()).extracting(Head::target).containsExactly("/first", "/third");
    }

    @Test
    void aBodyWaitsWithItsRequest() throws Exception {
        fairlead.pool("max_connections = 1\nqueue_timeout = \"10s\"");
        fairlead.member(
                wire -> {
                    wire.readHead();
                    release.await();
                    wire.send(OK);
                },
                Script.echo());
        RawClient first = busy();
        RawClient second = fairlead.client();
        second.sendHead("POST /second HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        second.send("hello");
        fairlead.awaitQueued(1);
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
        assertThat(second.readAnswer().text()).isEqualTo("hello");
    }

    @Test
    void aRetryWaitsForRoomAtAnotherMember() throws Exception {
        fairlead.pool("max_connections = 1\nqueue_timeout = \"10s\"");
        CountDownLatch breakUp = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            breakUp.await();
        });
        RawServer other = fairlead.member(slowOnce);
        RawClient first = busy();
        RawClient second = fairlead.client();
        second.sendHead("GET /second HTTP/1.1", RawClient.HOST);
        fairlead.awaitInFlight(2);
        breakUp.countDown();
        fairlead.awaitQueued(1);
        release.countDown();
        assertThat(second.readAnswer().status()).isEqualTo(200);
        assertThat(first.readAnswer().status()).isEqualTo(200);
        assertThat(other.heads()).extracting(Head::target).containsExactly("/second", "/first");
    }

    @Test
    void theTotalTimeIsKeptInTheQueueToo() throws Exception {
        fairlead.listener("[[routes]]\npool = \"app\"\npath = \"/hurry\"\ntimeout = \"200ms\"\n"
                        + "[[routes]]\npool = \"app\"")
                .pool("max_connections = 1\nqueue_timeout = \"10s\"");
        fairlead.member(slowOnce);
        RawClient first = busy();
        Problem problem = Problem.expect(fairlead.client().get("/hurry"), 504, "upstream-timeout");
        assertThat(problem.detail()).contains("total");
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
    }

    /** A client whose request occupies the first member. */
    private RawClient busy() throws Exception {
        RawClient client = fairlead.client();
        client.sendHead("GET /first HTTP/1.1", RawClient.HOST);
        fairlead.awaitInFlight(1);
        return client;
    }
}
