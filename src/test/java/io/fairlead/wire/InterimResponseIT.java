package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Interim responses pass, and are never taken for the final one: RFC 9110, sections 10.1.1 and 15.2; RFC 8297. */
class InterimResponseIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void relaysExpectationAndContinue() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            assertThat(head.value("expect")).isEqualToIgnoringCase("100-continue");
            wire.sendHead("HTTP/1.1 100 Continue");
            assertThat(wire.readRequestBody(head)).isEqualTo("hello");
            wire.sendHead("HTTP/1.1 204 No Content");
            assertThat(wire.readHead().has("expect")).isFalse();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 0");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5", "Expect: 100-continue");
        assertThat(client.readHead().status()).isEqualTo(100);
        client.send("hello");
        assertThat(client.readAnswer().status()).isEqualTo(204);
        client.expectUsable();
    }

    @Test
    void relaysContinueForAChunkedBody() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            wire.sendHead("HTTP/1.1 100 Continue");
            assertThat(wire.readRequestBody(head)).isEqualTo("hello");
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked", "expect: 100-Continue");
        assertThat(client.readHead().status()).isEqualTo(100);
        client.sendChunk("hello");
        client.sendLastChunk();
        assertThat(client.readAnswer().status()).isEqualTo(204);
    }

    @Test
    void relaysARefusalInsteadOfContinue() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 403 Forbidden\r\ncontent-length: 2\r\n\r\nno");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5", "Expect: 100-continue");
        Answer answer = client.readAnswer();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("no");
        client.expectClosed();
        member.awaitEnded(1);
    }

    @Test
    void doesNotWaitForContinueIfTheClientDoesNot() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            assertThat(wire.readRequestBody(head)).isEqualTo("hello");
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5", "Expect: 100-continue");
        client.send("hello");
        Head head = client.readHead();
        while (head.isInterim()) {
            head = client.readHead();
        }
        assertThat(head.status()).isEqualTo(204);
    }

    @Test
    void relaysEarlyHints() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </a.css>; rel=preload", "Link: </b.js>; rel=preload");
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Head hints = client.readHead();
        assertThat(hints.status()).isEqualTo(103);
        assertThat(hints.values("link")).containsExactly("</a.css>; rel=preload", "</b.js>; rel=preload");
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(answer.head().has("link")).isFalse();
    }

    @Test
    void relaysEarlyHintsBeforeTheFinalAnswerIsKnown() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </a.css>");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readHead().status()).isEqualTo(103);
        client.close();
        member.awaitEnded(1);
    }

    @Test
    void relaysSeveralHints() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </1>");
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </2>");
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </3>");
            wire.sendHead("HTTP/1.1 404 Not Found", "content-length: 0");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readHead().value("link")).isEqualTo("</1>");
        assertThat(client.readHead().value("link")).isEqualTo("</2>");
        assertThat(client.readHead().value("link")).isEqualTo("</3>");
        assertThat(client.readAnswer().status()).isEqualTo(404);
    }

    @Test
    void takesNoOtherInterimResponseForTheFinalOne() throws Exception {
        fairlead.member(wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                wire.sendHead("HTTP/1.1 102 Processing");
                wire.sendHead("HTTP/1.1 199 Of Its Own", "X: 1");
                wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            }
        });
        RawClient client = fairlead.client();
        for (int i = 0; i < 3; i++) {
            client.sendHead("GET / HTTP/1.1", RawClient.HOST);
            Head head = client.readHead();
            while (head.isInterim()) {
                head = client.readHead();
            }
            assertThat(head.status()).isEqualTo(200);
            assertThat(client.readText(2)).isEqualTo("ok");
        }
    }

    @Test
    void takesAnUnaskedContinueForNoAnswer() throws Exception {
        fairlead.member(wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                wire.sendHead("HTTP/1.1 100 Continue");
                wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            }
        });
        RawClient client = fairlead.client();
        for (int i = 0; i < 3; i++) {
            client.sendHead("GET / HTTP/1.1", RawClient.HOST);
            Head head = client.readHead();
            while (head.isInterim()) {
                head = client.readHead();
            }
            assertThat(head.status()).isEqualTo(200);
            assertThat(client.readText(2)).isEqualTo("ok");
        }
    }

    @Test
    void sendsNoInterimResponseToHttp10() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </a.css>");
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST);
        assertThat(client.readAnswer().text()).isEqualTo("ok");
    }

    @Test
    void ignoresTheExpectationOfHttp10() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            if (head.has("expect")) {
                wire.sendHead("HTTP/1.1 100 Continue");
            }
            assertThat(wire.readRequestBody(head)).isEqualTo("hello");
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.0", RawClient.HOST, "Content-Length: 5", "Expect: 100-continue");
        client.send("hello");
        assertThat(client.readAnswer().status()).isEqualTo(204);
    }
}
