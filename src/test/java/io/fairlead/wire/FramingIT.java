package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where messages end, in both directions: RFC 9112, sections 6 and 7. */
class FramingIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void keepsTheLengthOfARequest() throws Exception {
        RawServer member = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        assertThat(client.readAnswer().text()).isEqualTo("hello");
        assertThat(member.onlyHead().value("content-length")).isEqualTo("5");
        assertThat(member.onlyHead().has("transfer-encoding")).isFalse();
    }

    @Test
    void keepsTheLengthOfAnEmptyRequest() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 0");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().value("content-length")).isEqualTo("0");
        assertThat(member.onlyHead().has("transfer-encoding")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "DELETE", "POST", "OPTIONS"})
    void addsNoFramingToARequestWithoutBody(String method) throws Exception {
        RawServer member = fairlead.member(Script.answering("HTTP/1.1 204 No Content", "", ""));
        RawClient client = fairlead.client();
        client.sendHead(method + " / HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswerTo(method).status()).isEqualTo(204);
        assertThat(member.onlyHead().has("transfer-encoding")).isFalse();
        assertThat(member.onlyHead().values("content-length")).isSubsetOf("0");
    }

    @Test
    void passesTheBodyOfAGet() throws Exception {
        fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        assertThat(client.readAnswer().text()).isEqualTo("hello");
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("hel");
        client.sendChunk("lo");
        client.sendLastChunk();
        assertThat(client.readAnswer().text()).isEqualTo("hello");
    }

    @Test
    void keepsARequestChunked() throws Exception {
        RawServer member = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("hel");
        client.sendChunk("lo");
        client.sendLastChunk();
        assertThat(client.readAnswer().text()).isEqualTo("hello");
        assertThat(member.onlyHead().value("transfer-encoding")).isEqualTo("chunked");
        assertThat(member.onlyHead().has("content-length")).isFalse();
    }

    @Test
    void passesAnEmptyChunkedRequest() throws Exception {
        fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendLastChunk();
        assertThat(client.readAnswer().text()).isEmpty();
        client.expectUsable();
    }

    @Test
    void equalLengthsCountAsOneOrAreRefused() throws Exception {
        RawServer member = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5", "Content-Length: 5");
        client.send("hello");
        Answer answer = client.readAnswer();
        if (answer.status() == 200) {
            assertThat(answer.text()).isEqualTo("hello");
            assertThat(member.onlyHead().value("content-length")).isEqualTo("5");
        } else {
            Problem.expect(answer, 400, "malformed");
            member.expectNoConnection();
        }
    }

    @Test
    void keepsTheLengthOfAResponse() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "Content-Length: 5", "", "hello"));
        Answer answer = fairlead.client().get("/");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().value("content-length")).isEqualTo("5");
        assertThat(answer.head().has("transfer-encoding")).isFalse();
    }

    @Test
    void keepsTheLengthOfAnEmptyResponse() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "Content-Length: 0", "", ""));
        RawClient client = fairlead.client();
        assertThat(client.get("/").head().value("content-length")).isEqualTo("0");
        client.expectUsable();
    }

    @Test
    void keepsAResponseChunked() throws Exception {
        fairlead.member(Script.answering(
                "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "hel", "2", "lo", "0", "", ""));
        RawClient client = fairlead.client();
        Answer answer = client.get("/");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().value("transfer-encoding")).isEqualTo("chunked");
        client.expectUsable();
    }

    @Test
    void chunksAResponseThatEndsWithItsConnection() throws Exception {
        fairlead.member(Script.answeringOnce("HTTP/1.1 200 OK", "", "hello"));
        RawClient client = fairlead.client();
        Answer answer = client.get("/");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().value("transfer-encoding")).isEqualTo("chunked");
        client.get("/again");
    }

    @Test
    void headMayNameALengthWithoutBody() throws Exception {
        fairlead.member(Script.answeringBy(head ->
                "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n" + (head.method().equals("HEAD") ? "" : "hello")));
        RawClient client = fairlead.client();
        client.sendHead("HEAD / HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswerTo("HEAD").head().value("content-length")).isEqualTo("5");
        assertThat(client.get("/").text()).isEqualTo("hello");
    }

    @Test
    void headMayNameChunksWithoutBody() throws Exception {
        fairlead.member(Script.answeringBy(head -> "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
                + (head.method().equals("HEAD") ? "" : "0\r\n\r\n")));
        RawClient client = fairlead.client();
        client.sendHead("HEAD / HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswerTo("HEAD").status()).isEqualTo(200);
        client.expectUsable();
    }

    @Test
    void headWithoutAnyLengthHasNoBody() throws Exception {
        fairlead.member(Script.answeringBy(
                head -> "HTTP/1.1 200 OK\r\n" + (head.method().equals("HEAD") ? "\r\n" : "content-length: 0\r\n\r\n")));
        RawClient client = fairlead.client();
        client.sendHead("HEAD / HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswerTo("HEAD").head().values("content-length")).isEmpty();
        client.expectUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void statusesWithoutBodyHaveNone(String status) throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 " + status, "ETag: \"x\"", "", ""));
        RawClient client = fairlead.client();
        Answer answer = client.get("/");
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 " + status);
        assertThat(answer.head().has("transfer-encoding")).isFalse();
        assertThat(answer.head().has("content-length")).isFalse();
        assertThat(answer.head().value("etag")).isEqualTo("\"x\"");
        assertThat(client.get("/").status()).isEqualTo(answer.status());
    }

    @Test
    void notModifiedMayNameTheLengthThatItDoesNotSend() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 304 Not Modified", "Content-Length: 5", "", ""));
        RawClient client = fairlead.client();
        Answer answer = client.get("/");
        assertThat(answer.head().values("content-length")).isSubsetOf("5");
        assertThat(client.get("/").status()).isEqualTo(304);
    }

    /** RFC 9112, section 5.1: a proxy takes such blanks out. */
    @Test
    void blanksBeforeAColonOfAResponseAreTakenOutOrItIsRefused() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "Content-Length : 2", "X-Blank \t: 1", "", "ok"));
        Answer answer = fairlead.client().get("/");
        if (answer.status() == 200) {
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.head().value("x-blank")).isEqualTo("1");
        } else {
            Problem.expect(answer, 502, "upstream-reset");
        }
    }

    @Test
    void resetContentPasses() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 205 Reset Content", "Content-Length: 0", "", ""));
        RawClient client = fairlead.client();
        assertThat(client.get("/").status()).isEqualTo(205);
        assertThat(client.get("/").status()).isEqualTo(205);
    }

    @Test
    void sendsOneAnswerPerRequestEvenIfTheMemberSendsTwo() throws Exception {
        String one = "HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n";
        fairlead.member(
                wire -> {
                    wire.readHead();
                    wire.send(one + "one" + one + "two");
                    wire.awaitClose();
                },
                Script.answering("HTTP/1.1 200 OK", "content-length: 5", "", "three"));
        RawClient client = fairlead.client();
        assertThat(client.get("/1").text()).isEqualTo("one");
        assertThat(client.get("/2").text()).isEqualTo("three");
    }
}
