package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An answer that says that this member cannot: another one gets the request, if there is one that can take it at once. Else
 * the client sees the answer as it is. The first member in the file always gets the request first.
 */
class StatusRetryIT {
    private static final String[] BUSY = {
        "HTTP/1.1 503 Too Busy", "retry-after: 7", "x-from: first", "content-length: 4", "", "busy"
    };

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @BeforeEach
    void firstMemberFirst() {
        fairlead.pool("strategy = \"first\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void isTriedElsewhere(int status) throws Exception {
        RawServer first =
                fairlead.member(Script.answering("HTTP/1.1 " + status + " No", "x-no: 1", "content-length: 0", "", ""));
        RawServer second = fairlead.member(Script.answering("HTTP/1.1 200 Fine", "content-length: 2", "", "ok"));
        Answer answer = fairlead.client().get("/x");
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 200 Fine");
        assertThat(answer.head().has("x-no")).isFalse();
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(first.onlyHead().target()).isEqualTo("/x");
        assertThat(second.onlyHead().target()).isEqualTo("/x");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 302, 404, 429, 500, 505})
    void othersAreAnswers(int status) throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 " + status + " X", "content-length: 4", "", "mine"));
        RawServer second = fairlead.member(Script.ok());
        Answer answer = fairlead.client().get("/");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo("mine");
        second.expectNoConnection();
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 507, 599})
    void whichOnesCanBeSaid(int status) throws Exception {
        fairlead.pool("[pools.app.retry]\non = [\"429\", \"500-599\"]");
        fairlead.member(Script.answering("HTTP/1.1 " + status + " X", "content-length: 0", "", ""));
        fairlead.member(Script.ok());
        assertThat(fairlead.client().get("/").status()).isEqualTo(200);
    }

    @Test
    void theOnlyMembersAnswerIsRelayedAsItIs() throws Exception {
        fairlead.member(Script.answering(BUSY));
        expectBusy(fairlead.client().get("/"));
    }

    @Test
    void whenAllAnswerSoTheLastAnswerIsRelayed() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 503 No", "x-from: zeroth", "content-length: 0", "", ""));
        fairlead.member(Script.answering(BUSY));
        expectBusy(fairlead.client().get("/"));
    }

    @Test
    void attemptsAreLimited() throws Exception {
        fairlead.pool("[pools.app.retry]\nattempts = 2");
        fairlead.member(Script.answering("HTTP/1.1 503 No", "content-length: 0", "", ""));
        fairlead.member(Script.answering(BUSY));
        RawServer third = fairlead.member(Script.ok());
        expectBusy(fairlead.client().get("/"));
        third.expectNoConnection();
    }

    @Test
    void nobodyIsQueuedForIt() throws Exception {
        fairlead.pool("max_connections = 1\nqueue_timeout = \"1m\"");
        CountDownLatch done = new CountDownLatch(1);
        RawServer first = fairlead.member(wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                wire.send(String.join("\r\n", BUSY));
            }
        });
        RawServer second = fairlead.member(wire -> {
            wire.readHead();
            done.await();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            wire.awaitClose();
        });
        RawClient waiting = fairlead.client();
        waiting.sendHead("GET /elsewhere HTTP/1.1", RawClient.HOST);
        second.awaitHeads(1);
        fairlead.awaitInFlight(1);
        expectBusy(fairlead.client().get("/here"));
        done.countDown();
        assertThat(waiting.readAnswer().text()).isEqualTo("ok");
        assertThat(first.heads()).hasSize(2);
        assertThat(second.heads()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH"})
    void whatMayNotBeRepeatedIsNot(String method) throws Exception {
        fairlead.member(Script.answering(BUSY));
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead(method + " / HTTP/1.1", RawClient.HOST, "Content-Length: 0");
        expectBusy(client.readAnswer());
        second.expectNoConnection();
    }

    @Test
    void itIsIfToldSo() throws Exception {
        fairlead.pool("[pools.app.retry]\nnon_idempotent = true");
        fairlead.member(Script.answering(BUSY));
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 0");
        assertThat(client.readAnswer().status()).isEqualTo(200);
    }

    @Test
    void bodyThatWasReadIsNotMadeUp() throws Exception {
        fairlead.member(Script.answering(BUSY));
        RawServer second = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("PUT / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        expectBusy(client.readAnswer());
        second.expectNoConnection();
    }

    @Test
    void bodyThatIsStillToComeGoesToTheOther() throws Exception {
        RawServer first = fairlead.member(wire -> {
            wire.readHead();
            wire.send(String.join("\r\n", BUSY));
            wire.awaitClose();
        });
        fairlead.member(wire -> {
            Head head = wire.readHead();
            assertThat(head.value("expect")).isEqualTo("100-continue");
            wire.sendHead("HTTP/1.1 100 Continue");
            assertThat(wire.readRequestBody(head)).isEqualTo("hello");
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("PUT / HTTP/1.1", RawClient.HOST, "Content-Length: 5", "Expect: 100-continue");
        assertThat(client.readHead().status()).isEqualTo(100);
        client.send("hello");
        assertThat(client.readAnswer().status()).isEqualTo(204);
        first.awaitEnded(1); // it still expects a body
    }

    @Test
    void headIsTriedElsewhere() throws Exception {
        RawServer first = fairlead.member(Script.answering("HTTP/1.1 503 No", "content-length: 70", "", ""));
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "content-length: 1000", "", ""));
        RawClient client = fairlead.client();
        for (int i = 0; i < 3; i++) {
            client.sendHead("HEAD / HTTP/1.1", RawClient.HOST);
            Answer answer = client.readAnswerTo("HEAD");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.head().value("content-length")).isEqualTo("1000");
        }
        assertThat(first.connections()).isEqualTo(1);
    }

    @Test
    void clientsOfHttp10GetTheOthersAnswer() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 503 No", "transfer-encoding: chunked", "", "3", "no!", "0", "", ""));
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "transfer-encoding: chunked", "", "2", "ok", "0", "", ""));
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST);
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        client.expectClosed();
    }

    @Test
    void earlyHintsPromiseNothing() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </first.css>");
            wire.send(String.join("\r\n", BUSY));
            wire.awaitClose();
        });
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </second.css>");
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readHead().value("link")).isEqualTo("</first.css>");
        assertThat(client.readHead().value("link")).isEqualTo("</second.css>");
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(answer.head().has("link")).isFalse();
    }

    @Test
    void trailersAreThoseOfTheAnswerThatIsRelayed() throws Exception {
        fairlead.member(Script.answering(
                "HTTP/1.1 503 No", "transfer-encoding: chunked", "", "3", "no!", "0", "x-end: first", "", ""));
        fairlead.member(Script.answering(
                "HTTP/1.1 200 OK", "transfer-encoding: chunked", "", "2", "ok", "0", "x-end: second", "", ""));
        Answer answer = fairlead.client().get("/");
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(answer.body().trailers()).extracting(Head.Field::value).containsExactly("second");
    }

    @Test
    void anUpgradeThatOneRefusesIsOpenedByAnother() throws Exception {
        RawServer first = fairlead.member(Script.answering(BUSY));
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            wire.send(wire.readText(4) + "pong");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
        assertThat(client.readHead().status()).isEqualTo(101);
        client.send("ping");
        assertThat(client.readText(8)).isEqualTo("pingpong");
        first.awaitEnded(1);
        client.close();
    }

    @Test
    void connectionOfAShortAnswerIsUsedAgain() throws Exception {
        RawServer first = fairlead.member(Script.answering(BUSY));
        expectReused(first);
    }

    @Test
    void connectionOfAShortChunkedAnswerIsUsedAgain() throws Exception {
        RawServer first = fairlead.member(Script.answering(
                "HTTP/1.1 503 No", "transfer-encoding: chunked", "", "4", "busy", "0", "x-end: 1", "", ""));
        expectReused(first);
    }

    @Test
    void connectionOfAnAnswerAsLongAsIsReadIsUsedAgain() throws Exception {
        expectReused(
                fairlead.member(Script.answering("HTTP/1.1 503 No", "content-length: 65536", "", "x".repeat(65536))));
    }

    private void expectReused(RawServer first) throws Exception {
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        for (int i = 0; i < 5; i++) {
            assertThat(client.get("/").text()).isEqualTo("ok");
            fairlead.awaitInFlight(0); // the rest of the dropped answer was read
        }
        assertThat(first.heads()).hasSize(5);
        assertThat(first.connections()).isEqualTo(1);
        assertThat(second.connections()).isEqualTo(1);
    }

    /** By its declared length, by what comes, by what does not come, and by how it ends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 10000000000\r\n\r\nx",
                "content-length: 70000\r\n\r\n70000",
                "transfer-encoding: chunked\r\n\r\nf4240\r\n1000000",
                "content-length: 10\r\n\r\nhello",
                "transfer-encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "transfer-encoding: chunked\r\n\r\ngarbage\r\n",
            })
    void connectionOfALongOrUnfinishedAnswerIsNot(String rest) throws Exception {
        int body = rest.lastIndexOf('\n') + 1;
        String tail = rest.substring(body);
        String sent = rest.substring(0, body) + (tail.matches("\\d+") ? "x".repeat(Integer.parseInt(tail)) : tail);
        RawServer first = fairlead.member(wire -> {
            wire.readHead();
            wire.sendUnlessRefused("HTTP/1.1 503 No\r\n" + sent);
            wire.awaitClose();
        });
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        assertThat(client.get("/").text()).isEqualTo("ok");
        first.awaitEnded(1);
        fairlead.awaitInFlight(0);
        assertThat(client.get("/").text()).isEqualTo("ok");
        assertThat(first.connections()).isEqualTo(2);
    }

    @Test
    void aMemberThatBreaksOffInTheDroppedAnswerHarmsNobody() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 503 No\r\ncontent-length: 10\r\n\r\nhello");
            wire.reset();
        });
        fairlead.member(Script.ok());
        for (int i = 0; i < 5; i++) {
            assertThat(fairlead.client().get("/").text()).isEqualTo("ok");
        }
    }

    @Test
    void aClientThatLeavesLeavesNothingInFlight() throws Exception {
        RawServer first = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 503 No\r\ncontent-length: 10\r\n\r\nhello");
            wire.awaitClose();
        });
        RawServer second = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        second.awaitHeads(1);
        client.reset();
        second.awaitEnded(1);
        first.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @Test
    void everyTryIsCounted() throws Exception {
        fairlead.pool("[pools.app.retry]\nper_try_timeout = \"1s\"");
        fairlead.member(Script.answering(BUSY));
        fairlead.member(Script.hanging());
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        assertThat(client.get("/").text()).isEqualTo("ok");
        assertThat(client.get("/").text()).isEqualTo("ok");
        fairlead.awaitStatus(
                "four retries, two from each",
                pool -> pool.get("retries_total").getAsInt() == 4
                        && FairleadFixture.member(pool, 0).get("retries_from").getAsInt() == 2
                        && FairleadFixture.member(pool, 0)
                                        .getAsJsonObject("responses")
                                        .get("5xx")
                                        .getAsInt()
                                == 2
                        && FairleadFixture.member(pool, 1).get("retries_from").getAsInt() == 2
                        && FairleadFixture.member(pool, 1)
                                        .getAsJsonObject("errors")
                                        .get("timeout")
                                        .getAsInt()
                                == 2
                        && FairleadFixture.member(pool, 2).get("retries_from").getAsInt() == 0
                        && pool.get("requests_total").getAsInt() == 2);
    }

    private static void expectBusy(Answer answer) {
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 503 Too Busy");
        assertThat(answer.head().value("retry-after")).isEqualTo("7");
        assertThat(answer.head().value("x-from")).isEqualTo("first");
        assertThat(answer.text()).isEqualTo("busy");
    }
}
