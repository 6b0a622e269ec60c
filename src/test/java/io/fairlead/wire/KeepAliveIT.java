package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Connections are kept and reused on both sides, and end when one side says so: RFC 9112, section 9. */
class KeepAliveIT {
    private static final Script SAYS_THE_TARGET = Script.answeringBy(
            head -> "HTTP/1.1 200 OK\r\ncontent-length: " + head.target().length() + "\r\n\r\n" + head.target());

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void manyRequestsPassOnOneConnection() throws Exception {
        RawServer member = fairlead.member(SAYS_THE_TARGET);
        RawClient client = fairlead.client();
        for (int i = 0; i < 100; i++) {
            assertThat(client.get("/" + i).text()).isEqualTo("/" + i);
        }
        assertThat(member.heads()).hasSize(100);
        assertThat(member.connections()).isEqualTo(1);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        fairlead.member(SAYS_THE_TARGET);
        RawClient client = fairlead.client();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            all.append(Wire.head("GET /" + i + " HTTP/1.1", RawClient.HOST));
        }
        client.send(all.toString());
        for (int i = 0; i < 20; i++) {
            assertThat(client.readAnswer().text()).isEqualTo("/" + i);
        }
    }

    @Test
    void pipelinedRequestsWithBodiesAreAnsweredInOrder() throws Exception {
        fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.send(Wire.head("POST /1 HTTP/1.1", RawClient.HOST, "Content-Length: 3") + "one"
                + Wire.head("POST /2 HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked") + "3\r\ntwo\r\n0\r\n\r\n"
                + Wire.head("GET /3 HTTP/1.1", RawClient.HOST)
                + Wire.head("POST /4 HTTP/1.1", RawClient.HOST, "Content-Length: 4") + "four");
        assertThat(client.readAnswer().text()).isEqualTo("one");
        assertThat(client.readAnswer().text()).isEqualTo("two");
        assertThat(client.readAnswer().text()).isEmpty();
        assertThat(client.readAnswer().text()).isEqualTo("four");
    }

    @Test
    void quickSecondAnswerWaitsForTheFirst() throws Exception {
        CountDownLatch mayAnswer = new CountDownLatch(1);
        RawServer slow = fairlead.member(wire -> {
            wire.readHead();
            mayAnswer.await();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nslow");
            wire.awaitClose();
        });
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "content-length: 5", "", "quick"));
        RawClient client = fairlead.client();
        String request = Wire.head("GET / HTTP/1.1", RawClient.HOST);
        client.send(request + request);
        slow.awaitHeads(1);
        mayAnswer.countDown();
        assertThat(client.readAnswer().text()).isEqualTo("slow");
        assertThat(client.readAnswer().text()).isEqualTo("quick");
    }

    @Test
    void malformedRequestInAPipelineIsRefusedInItsTurn() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.send(Wire.head("GET /1 HTTP/1.1", RawClient.HOST) + Wire.head("GET /2 HTTP/1.1"));
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        Problem.expect(client.readAnswer(), 400, "malformed");
        client.expectClosed();
    }

    @Test
    void closeIsHonoured() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Connection: Close");
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(answer.head().lists("connection", "close")).isTrue();
        client.expectClosed();
    }

    @Test
    void whatComesBehindACloseIsNotServed() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.send(Wire.head("GET /1 HTTP/1.1", RawClient.HOST, "Connection: close")
                + Wire.head("GET /2 HTTP/1.1", RawClient.HOST));
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        client.expectClosed();
        assertThat(member.heads()).extracting(Head::target).containsExactly("/1");
    }

    @Test
    void membersConnectionServesOneClientAfterAnother() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        int clients = 64;
        for (int i = 0; i < clients; i++) {
            RawClient client = fairlead.client();
            client.expectUsable();
            client.close();
        }
        assertThat(member.heads()).hasSize(clients);
        // At most one connection per event loop.
        assertThat(member.connections())
                .isLessThanOrEqualTo(2 * Runtime.getRuntime().availableProcessors());
    }

    @Test
    void connectionIsReusedAfterAnAnswerWithoutBody() throws Exception {
        RawServer member = fairlead.member(Script.answering("HTTP/1.1 204 No Content", "", ""));
        RawClient client = fairlead.client();
        for (int i = 0; i < 10; i++) {
            client.sendHead("DELETE / HTTP/1.1", RawClient.HOST);
            assertThat(client.readAnswer().status()).isEqualTo(204);
        }
        assertThat(member.connections()).isEqualTo(1);
    }

    @Test
    void connectionOnWhichTheMemberSaysCloseIsNotReused() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nok");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.expectUsable();
        client.expectUsable();
        assertThat(member.connections()).isEqualTo(2);
        member.awaitEnded(1);
    }

    @Test
    void manyClientsAreServedAtOnce() throws Exception {
        int clients = 50;
        CountDownLatch allHere = new CountDownLatch(clients);
        RawServer member = fairlead.member(wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                allHere.countDown();
                allHere.await();
                wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            }
        });
        RawClient[] all = new RawClient[clients];
        for (int i = 0; i < clients; i++) {
            all[i] = fairlead.client();
            all[i].sendHead("GET / HTTP/1.1", RawClient.HOST);
        }
        for (RawClient client : all) {
            assertThat(client.readAnswer().text()).isEqualTo("ok");
        }
        assertThat(member.heads()).hasSize(clients);
    }
}
