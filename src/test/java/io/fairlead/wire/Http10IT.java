package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** HTTP/1.0 on either side: no chunks, no interim responses, and a connection that ends unless it is kept on purpose. */
class Http10IT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void clientWithoutKeepAliveIsClosed() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST);
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        client.expectClosed();
    }

    @Test
    void clientWithKeepAliveIsKept() throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        for (int i = 0; i < 3; i++) {
            client.sendHead("GET / HTTP/1.0", RawClient.HOST, "Connection: keep-alive");
            Answer answer = client.readAnswer();
            assertThat(answer.text()).isEqualTo("ok");
            assertThat(answer.head().lists("connection", "keep-alive")).isTrue();
        }
    }

    @Test
    void clientGetsChunksAsABodyThatEndsWithTheConnection() throws Exception {
        fairlead.member(Script.answering(
                "HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "3", "hel", "2", "lo", "0", "X-Sum: 1", "", ""));
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST);
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().has("transfer-encoding")).isFalse();
        client.expectClosed();
    }

    @Test
    void clientWithKeepAliveGetsChunksAsABodyThatEndsWithTheConnection() throws Exception {
        fairlead.member(
                Script.answering("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "5", "hello", "0", "", ""));
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST, "Connection: keep-alive");
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().has("transfer-encoding")).isFalse();
        if (!answer.head().has("content-length")) {
            assertThat(answer.head().lists("connection", "keep-alive")).isFalse();
            client.expectClosed();
        }
    }

    @Test
    void clientGetsABodyThatEndsWithTheConnection() throws Exception {
        fairlead.member(Script.answeringOnce("HTTP/1.1 200 OK", "", "hello"));
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST);
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().has("transfer-encoding")).isFalse();
        client.expectClosed();
    }

    @Test
    void clientSeesAnUnknownLengthStreamed() throws Exception {
        CountDownLatch clientHasTheHead = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "transfer-encoding: chunked");
            clientHasTheHead.await();
            wire.sendChunk("hello");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST);
        assertThat(client.readHead().has("transfer-encoding")).isFalse();
        clientHasTheHead.countDown();
        assertThat(client.readText(5)).isEqualTo("hello");
    }

    @Test
    void clientMayUpload() throws Exception {
        fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.0", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        assertThat(client.readAnswer().text()).isEqualTo("hello");
    }

    @Test
    void clientMayLeaveTheHostOut() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0");
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        assertThat(member.onlyHead().values("host")).hasSize(1);
    }

    @Test
    void requestGoesToTheMemberAsHttp11() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET /a HTTP/1.0", RawClient.HOST);
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        assertThat(member.onlyHead().startLine()).isEqualTo("GET /a HTTP/1.1");
    }

    @Test
    void membersAnswerIsReadToTheEndOfItsConnection() throws Exception {
        fairlead.member(Script.answeringOnce("HTTP/1.0 200 OK", "Content-Type: text/plain", "", "hello"));
        RawClient client = fairlead.client();
        Answer answer = client.get("/");
        assertThat(answer.head().startLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.head().value("content-type")).isEqualTo("text/plain");
        assertThat(client.get("/").text()).isEqualTo("hello");
    }

    @Test
    void membersAnswerWithALengthEndsThere() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        assertThat(client.get("/").text()).isEqualTo("hello");
        member.awaitEnded(1);
        assertThat(client.get("/").text()).isEqualTo("hello");
        assertThat(member.connections()).isEqualTo(2);
    }
}
