package io.fairlead.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bodies of any size pass both ways as they come, unaltered, and are never held: who does not read holds the sender up. */
class BodyStreamingIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void largeDownloadWithALength() throws Exception {
        Payload payload = Payload.mebibytes(50);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + payload.length());
            wire.send(payload);
            wire.awaitClose();
        });
        download(fairlead.client(), payload);
    }

    @Test
    void largeDownloadInChunks() throws Exception {
        Payload payload = Payload.mebibytes(50);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "transfer-encoding: chunked");
            payload.writeChunkedTo(wire.output());
            wire.awaitClose();
        });
        download(fairlead.client(), payload);
    }

    @Test
    void largeDownloadThatEndsWithItsConnection() throws Exception {
        Payload payload = Payload.mebibytes(10);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK");
            wire.send(payload);
        });
        download(fairlead.client(), payload);
    }

    @Test
    void largeUploadWithALength() throws Exception {
        Payload payload = Payload.mebibytes(50);
        Payload.Sink received = new Payload.Sink();
        fairlead.member(receiving(received));
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + payload.length());
        client.send(payload);
        assertThat(client.readAnswer().status()).isEqualTo(204);
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void largeUploadInChunks() throws Exception {
        Payload payload = Payload.mebibytes(50);
        Payload.Sink received = new Payload.Sink();
        fairlead.member(receiving(received));
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        payload.writeChunkedTo(client.output());
        assertThat(client.readAnswer().status()).isEqualTo(204);
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void largeEchoInBothDirectionsAtOnce() throws Exception {
        Payload payload = Payload.mebibytes(20);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + payload.length());
            wire.copy(payload.length(), wire.output());
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + payload.length());
        Background sending = Background.run(() -> client.send(payload));
        Payload.Sink received = new Payload.Sink();
        assertThat(client.readBody(client.readHead(), received).complete()).isTrue();
        sending.join();
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void oneByteAfterAnother() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            assertThat(wire.readRequestBody(head)).isEqualTo("hello");
            byByte(
                    wire,
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nX: y\r\n\r\n");
            assertThat(wire.readRequestBody(wire.readHead())).isEqualTo("hello");
            byByte(wire, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        byByte(client, Wire.head("POST /1 HTTP/1.1", RawClient.HOST, "Content-Length: 5") + "hello");
        assertThat(client.readAnswer().text()).isEqualTo("abcde");
        byByte(
                client,
                Wire.head("POST /2 HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked")
                        + "3\r\nhel\r\n2;x=y\r\nlo\r\n0\r\nX: y\r\n\r\n");
        assertThat(client.readAnswer().text()).isEqualTo("abcde");
    }

    @Test
    void partsOfADownloadPassAsTheyCome() throws Exception {
        CountDownLatch firstWasRead = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 10");
            wire.send("first");
            firstWasRead.await();
            wire.send("other");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        client.readHead();
        assertThat(client.readText(5)).isEqualTo("first");
        firstWasRead.countDown();
        assertThat(client.readText(5)).isEqualTo("other");
    }

    @Test
    void headOfAnAnswerPassesBeforeItsBody() throws Exception {
        CountDownLatch headWasRead = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 2");
            headWasRead.await();
            wire.send("ok");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readHead().status()).isEqualTo(200);
        headWasRead.countDown();
        assertThat(client.readText(2)).isEqualTo("ok");
    }

    @Test
    void partsOfAnUploadPassAsTheyCome() throws Exception {
        CountDownLatch firstWasRead = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            assertThat(wire.readText(5)).isEqualTo("first");
            firstWasRead.countDown();
            assertThat(wire.readText(5)).isEqualTo("other");
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 10");
        client.send("first");
        firstWasRead.await();
        client.send("other");
        assertThat(client.readAnswer().status()).isEqualTo(204);
    }

    @Test
    void clientThatDoesNotReadHoldsTheMemberUp() throws Exception {
        Payload payload = Payload.mebibytes(64);
        AtomicLong sent = new AtomicLong();
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + payload.length());
            payload.writeTo(new CountingOutput(wire.output(), sent));
            wire.awaitClose();
        });
        RawClient client = fairlead.slowClient();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Head head = client.readHead();
        assertThat(Await.settled(sent::get)).isLessThan(payload.length() / 2);
        Payload.Sink received = new Payload.Sink();
        assertThat(client.readBody(head, received).complete()).isTrue();
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void memberThatDoesNotReadHoldsTheClientUp() throws Exception {
        Payload payload = Payload.mebibytes(64);
        AtomicLong sent = new AtomicLong();
        CountDownLatch mayRead = new CountDownLatch(1);
        Payload.Sink received = new Payload.Sink();
        fairlead.member(wire -> {
            Head head = wire.readHead();
            mayRead.await();
            assertThat(wire.readRequestBody(head, received).complete()).isTrue();
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + payload.length());
        Background sending = Background.run(() -> payload.writeTo(new CountingOutput(client.output(), sent)));
        assertThat(Await.settled(sent::get)).isLessThan(payload.length() / 2);
        mayRead.countDown();
        sending.join();
        assertThat(client.readAnswer().status()).isEqualTo(204);
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    private static void download(RawClient client, Payload payload) throws Exception {
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Payload.Sink received = new Payload.Sink();
        assertThat(client.readBody(client.readHead(), received).complete()).isTrue();
        assertThat(received.count()).isEqualTo(payload.length());
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    private static Script receiving(Payload.Sink sink) {
        return wire -> {
            assertThat(wire.readRequestBody(wire.readHead(), sink).complete()).isTrue();
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        };
    }

    private static void byByte(Wire wire, String text) throws Exception {
        for (byte b : text.getBytes(ISO_8859_1)) {
            wire.send(new byte[] {b});
        }
    }
}
