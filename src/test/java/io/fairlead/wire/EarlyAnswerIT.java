package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A member may answer before it has read the request. The client gets that answer, and a connection on which a part of a
 * body is still owed never carries another request: RFC 9112, section 9.3.
 */
class EarlyAnswerIT {
    private static final Script REFUSES_EARLY = wire -> {
        wire.readHead();
        wire.send("HTTP/1.1 401 Unauthorized\r\ncontent-length: 2\r\n\r\nno");
        wire.awaitClose();
    };

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void reachesTheClientThatStillUploadsWithALength() throws Exception {
        RawServer member = fairlead.member(REFUSES_EARLY, Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 1000");
        client.send("the beginning");
        Answer answer = client.readAnswer();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text()).isEqualTo("no");
        client.close();
        member.awaitEnded(1);
    }

    @Test
    void reachesTheClientThatStillUploadsInChunks() throws Exception {
        RawServer member = fairlead.member(REFUSES_EARLY, Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("the beginning");
        assertThat(client.readAnswer().status()).isEqualTo(401);
        client.close();
        member.awaitEnded(1);
    }

    @Test
    void endsTheMembersConnectionIfTheClientGivesUp() throws Exception {
        RawServer member = fairlead.member(REFUSES_EARLY, Script.ok());
        RawClient giving = fairlead.client();
        giving.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 1000");
        giving.send("the beginning");
        giving.readAnswer();
        giving.reset();
        member.awaitEnded(1);
        for (int i = 0; i < 8; i++) {
            fairlead.client().expectUsable();
        }
        assertThat(member.heads()).extracting(Head::target).containsOnly("/", "/still-usable");
    }

    @Test
    void clientThatFinishesItsUploadIsDrainedOrClosed() throws Exception {
        RawServer member = fairlead.member(REFUSES_EARLY, Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 20");
        client.send("0123456789");
        Answer answer = client.readAnswer();
        assertThat(answer.status()).isEqualTo(401);
        if (answer.head().lists("connection", "close")) {
            client.expectClosed();
        } else {
            client.send("0123456789");
            client.expectUsable();
        }
        client.close();
        member.awaitEnded(1);
    }

    @Test
    void bytesOfTheBodyAreNeverTakenForARequest() throws Exception {
        RawServer member = fairlead.member(REFUSES_EARLY, Script.ok());
        RawClient client = fairlead.client();
        String smuggled = Wire.head("GET /smuggled HTTP/1.1", RawClient.HOST);
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + (10 + smuggled.length()));
        client.send("0123456789");
        assertThat(client.readAnswer().status()).isEqualTo(401);
        String next = Wire.head("GET /next HTTP/1.1", RawClient.HOST, "Connection: close");
        try {
            client.send(smuggled + next);
        } catch (SocketException closed) {
            // Closing right after the answer is right too.
        }
        client.awaitClose();
        fairlead.client().expectUsable();
        assertThat(member.heads()).extracting(Head::target).doesNotContain("/smuggled");
    }

    @Test
    void largeUploadIsNotReadToItsEnd() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 413 Content Too Large", "content-length: 0", "connection: close");
            wire.endOutput();
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + (1L << 40));
        client.send("0123456789");
        assertThat(client.readAnswer().status()).isEqualTo(413);
        client.sendUntilRefused(new AtomicLong());
        member.awaitEnded(1);
    }

    @Test
    void answerThatStreamsWhileTheUploadGoesOnPasses() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "transfer-encoding: chunked");
            wire.sendChunk("begun");
            assertThat(wire.readRequestBody(head)).isEqualTo("helloworld");
            wire.sendChunk("done");
            wire.sendLastChunk();
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 10");
        client.send("hello");
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(200);
        assertThat(client.readLine()).isEqualTo("5");
        assertThat(client.readText(7)).isEqualTo("begun\r\n");
        client.send("world");
        assertThat(client.readText(14)).isEqualTo("4\r\ndone\r\n0\r\n\r\n");
    }
}
