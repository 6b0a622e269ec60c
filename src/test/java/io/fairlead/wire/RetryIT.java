package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A failure that another member can make good is made good, once nothing was sent to the client and the request may be
 * repeated: RFC 9110, section 9.2.2. Members take turns, so the first request goes to the first one.
 */
class RetryIT {
    private static final Script CLOSES_AFTER_THE_REQUEST = wire -> wire.readRequestBody(wire.readHead());

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "POST", "PATCH"})
    void refusedConnectionIsTriedElsewhereForEveryMethod(String method) throws Exception {
        fairlead.refusingMember();
        RawServer second = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead(method + " /x HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        assertThat(client.readAnswer().text()).isEqualTo("hello");
        assertThat(second.onlyHead().startLine()).isEqualTo(method + " /x HTTP/1.1");
    }

    @Test
    void refusedConnectionIsTriedElsewhereForALargeUpload() throws Exception {
        Payload payload = Payload.mebibytes(4);
        Payload.Sink received = new Payload.Sink();
        fairlead.refusingMember();
        fairlead.refusingMember();
        fairlead.member(wire -> {
            assertThat(wire.readRequestBody(wire.readHead(), received).complete())
                    .isTrue();
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        payload.writeChunkedTo(client.output());
        assertThat(client.readAnswer().status()).isEqualTo(204);
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "DELETE", "PUT", "TRACE"})
    void lostConnectionIsTriedElsewhereForIdempotentMethods(String method) throws Exception {
        RawServer first = fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer second = fairlead.member(Script.answering("HTTP/1.1 204 No Content", "", ""));
        RawClient client = fairlead.client();
        client.sendHead(method + " / HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswerTo(method).status()).isEqualTo(204);
        assertThat(first.heads()).hasSize(1);
        assertThat(second.heads()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PATCH", "M-SEARCH"})
    void lostConnectionIsNotTriedElsewhereForOthers(String method) throws Exception {
        fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead(method + " / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        Problem.expect(client.readAnswer(), 502, "upstream-reset");
        second.expectNoConnection();
    }

    @Test
    void lostConnectionIsTriedElsewhereForOthersIfToldSo() throws Exception {
        fairlead.pool("[pools.app.retry]\nnon_idempotent = true");
        fairlead.member(CLOSES_AFTER_THE_REQUEST);
        fairlead.member(Script.answering("HTTP/1.1 204 No Content", "", ""));
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 0");
        assertThat(client.readAnswer().status()).isEqualTo(204);
    }

    @Test
    void bodyThatWasSentIsNotMadeUpForAnotherMember() throws Exception {
        fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer second = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("PUT / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        Answer answer = client.readAnswer();
        if (answer.status() == 200) {
            assertThat(answer.text()).isEqualTo("hello");
        } else {
            Problem.expect(answer, 502, "upstream-reset");
            second.expectNoConnection();
        }
    }

    @Test
    void answerThatHasBegunIsNotTriedElsewhere() throws Exception {
        CountDownLatch clientHasTheHead = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello");
            clientHasTheHead.await();
        });
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Head head = client.readHead();
        clientHasTheHead.countDown();
        assertThat(client.readBody(head, new Payload.Sink()).complete()).isFalse();
        second.expectNoConnection();
    }

    @Test
    void answerThatIsAnErrorIsNoFailureToTryAgain() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 500 Oops", "content-length: 4", "", "oops"));
        RawServer second = fairlead.member(Script.ok());
        Answer answer = fairlead.client().get("/");
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 500 Oops");
        assertThat(answer.text()).isEqualTo("oops");
        second.expectNoConnection();
    }

    @Test
    void attemptsAreLimited() throws Exception {
        fairlead.pool("[pools.app.retry]\nattempts = 2");
        RawServer first = fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer second = fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer third = fairlead.member(Script.ok());
        assertThat(Problem.of(fairlead.client().get("/")).status()).isEqualTo(502);
        assertThat(first.heads()).hasSize(1);
        assertThat(second.heads()).hasSize(1);
        third.expectNoConnection();
    }

    @Test
    void oneAttemptTurnsRetriesOff() throws Exception {
        fairlead.pool("[pools.app.retry]\nattempts = 1");
        fairlead.refusingMember();
        RawServer second = fairlead.member(Script.ok());
        Problem.expect(fairlead.client().get("/"), 502, "connect-failed");
        second.expectNoConnection();
    }

    @Test
    void onlyTheConfiguredFailuresAreTriedAgain() throws Exception {
        fairlead.pool("[pools.app.retry]\non = [\"connect-failure\"]");
        fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer second = fairlead.member(Script.ok());
        Problem.expect(fairlead.client().get("/"), 502, "upstream-reset");
        second.expectNoConnection();
    }

    @Test
    void noMemberIsTriedTwice() throws Exception {
        fairlead.pool("[pools.app.retry]\nattempts = 10");
        RawServer first = fairlead.member(CLOSES_AFTER_THE_REQUEST);
        RawServer second = fairlead.member(CLOSES_AFTER_THE_REQUEST);
        assertThat(Problem.of(fairlead.client().get("/")).status()).isEqualTo(502);
        assertThat(first.heads()).hasSize(1);
        assertThat(second.heads()).hasSize(1);
    }
}
