package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is too large, too slow or expected in vain is refused with the status that says which. */
class LimitsIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void acceptsAHeadBelowTheLimit() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("max_header_size = \"4KiB\"").client();
        client.sendHead("GET /" + "a".repeat(1000) + " HTTP/1.1", RawClient.HOST, "X: " + "b".repeat(2000));
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().value("x")).hasSize(2000);
    }

    @Test
    void acceptsABodyOfExactlyTheLimit() throws Exception {
        fairlead.member(Script.echo());
        RawClient client = fairlead.listener("max_body_size = \"1KiB\"").client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 1024");
        client.send("a".repeat(1024));
        assertThat(client.readAnswer().text()).hasSize(1024);
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("a".repeat(1000));
        client.sendChunk("a".repeat(24));
        client.sendLastChunk();
        assertThat(client.readAnswer().text()).hasSize(1024);
    }

    @Test
    void refusesLargeHeaders() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("max_header_size = \"2KiB\"").client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X: " + "a".repeat(3000));
        Problem.expect(client.readAnswer(), 431, "too-large");
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void refusesManyHeaders() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("max_header_size = \"2KiB\"").client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X: 1\r\n".repeat(1000) + "Y: 1");
        Problem.expect(client.readAnswer(), 431, "too-large");
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void refusesALongRequestLine() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("max_header_size = \"2KiB\"").client();
        client.sendHead("GET /" + "a".repeat(3000) + " HTTP/1.1", RawClient.HOST);
        Problem.expect(client.readAnswer(), 414, "too-large");
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void refusesABodyThatDeclaresItselfTooLarge() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("max_body_size = \"1KiB\"").client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 1025");
        Problem.expect(client.readAnswer(), 413, "too-large");
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void refusesABodyThatGrowsTooLarge() throws Exception {
        RawServer member = fairlead.member(wire -> assertThat(wire.readRequestBody(wire.readHead(), new Payload.Sink())
                        .complete())
                .isFalse());
        RawClient client = fairlead.listener("max_body_size = \"1KiB\"").client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("a".repeat(1000));
        member.awaitHeads(1);
        client.sendChunk("a".repeat(25));
        Problem.expect(client.readAnswer(), 413, "too-large");
        client.expectClosed();
        member.awaitEnded(1);
    }

    @Test
    void refusesTheBodyBehindAnExpectationBeforeItIsSent() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("max_body_size = \"1KiB\"").client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 2000", "Expect: 100-continue");
        Problem.expect(client.readAnswer(), 413, "too-large");
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void refusesASlowHead() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("header_timeout = \"200ms\"").client();
        client.send("GET / HTTP/1.1\r\nHost: app");
        assertThat(client.readAnswer().status()).isEqualTo(408);
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void refusesASlowHeadOnAConnectionThatWasUsed() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.listener("header_timeout = \"200ms\"").client();
        client.expectUsable();
        client.send("GET / HTTP/1.1\r\nHost: app");
        assertThat(client.readAnswer().status()).isEqualTo(408);
        client.expectClosed();
    }

    @Test
    void closesAConnectionThatStaysSilent() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.listener("header_timeout = \"200ms\"").client();
        Head head = client.nextHead();
        if (head != null) {
            assertThat(head.status()).isEqualTo(408);
            client.readBody(head, new Payload.Sink());
        }
        client.expectClosed();
        member.expectNoConnection();
    }

    @Test
    void closesAnIdleConnection() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.listener("idle_timeout = \"200ms\"").client();
        client.expectUsable();
        client.expectClosed();
    }

    @Test
    void doesNotTakeWaitingForAMemberForIdleness() throws Exception {
        CountDownLatch longEnough = new CountDownLatch(1);
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            longEnough.await();
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient waiting = fairlead.listener("idle_timeout = \"100ms\"\nheader_timeout = \"100ms\"")
                .client();
        waiting.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        fairlead.client().awaitClose();
        fairlead.client().awaitClose();
        longEnough.countDown();
        assertThat(waiting.readAnswer().status()).isEqualTo(204);
    }

    @Test
    void refusesAnUnknownExpectation() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 2", "Expect: a-pony");
        assertThat(client.readAnswer().status()).isEqualTo(417);
        member.expectNoConnection();
    }
}
