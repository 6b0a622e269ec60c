package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A switch of protocols makes a tunnel: bytes both ways, as they come, until either side ends: RFC 9110, section 7.8. */
class UpgradeIT {
    private static final String[] HANDSHAKE = {
        "GET /chat?x=%20 HTTP/1.1",
        RawClient.HOST,
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Extensions: permessage-deflate",
        "Origin: http://app.example"
    };
    private static final String[] ACCEPTED = {
        "HTTP/1.1 101 Switching Protocols",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=",
        "Set-Cookie: a=1"
    };

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void handshakePassesUntouched() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead(ACCEPTED);
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead(HANDSHAKE);
        Head accepted = client.readHead();
        assertThat(accepted.status()).isEqualTo(101);
        assertThat(accepted.value("upgrade")).isEqualTo("websocket");
        assertThat(accepted.lists("connection", "upgrade")).isTrue();
        assertThat(accepted.value("sec-websocket-accept")).isEqualTo("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        assertThat(accepted.value("set-cookie")).isEqualTo("a=1");
        assertThat(accepted.has("sec-websocket-extensions")).isFalse();
        assertThat(accepted.has("content-length")).isFalse();
        assertThat(accepted.has("transfer-encoding")).isFalse();
        Head asked = member.onlyHead();
        assertThat(asked.target()).isEqualTo("/chat?x=%20");
        assertThat(asked.value("upgrade")).isEqualTo("websocket");
        assertThat(asked.lists("connection", "upgrade")).isTrue();
        assertThat(asked.value("sec-websocket-key")).isEqualTo("dGhlIHNhbXBsZSBub25jZQ==");
        assertThat(asked.value("sec-websocket-version")).isEqualTo("13");
        assertThat(asked.value("sec-websocket-extensions")).isEqualTo("permessage-deflate");
        assertThat(asked.value("origin")).isEqualTo("http://app.example");
        assertThat(asked.value("x-forwarded-for")).isEqualTo("127.0.0.1");
    }

    @Test
    void bytesPassBothWays() throws Exception {
        fairlead.member(echoAfter(""));
        RawClient client = upgraded();
        client.send("\u0081\u0085\0\0\0\0hello");
        assertThat(client.readText(11)).isEqualTo("\u0081\u0085\0\0\0\0hello");
        client.send("GET / HTTP/1.1\r\n\r\n");
        assertThat(client.readText(18)).isEqualTo("GET / HTTP/1.1\r\n\r\n");
    }

    @Test
    void bytesInThePacketOfTheSwitchAreKept() throws Exception {
        fairlead.member(echoAfter("first words"));
        RawClient client = upgraded();
        assertThat(client.readText(11)).isEqualTo("first words");
        client.send("x");
        assertThat(client.readText(1)).isEqualTo("x");
    }

    @Test
    void memberThatSwitchesAndClosesAtOnceIsHeard() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.send(Wire.head(ACCEPTED) + "last words");
        });
        RawClient client = upgraded();
        assertThat(client.readText(10)).isEqualTo("last words");
        client.expectClosed();
    }

    @Test
    void tunnelCountsAsInFlight() throws Exception {
        fairlead.member(echoAfter(""));
        RawClient client = upgraded();
        client.send("x");
        client.readText(1);
        assertThat(fairlead.inFlight()).isEqualTo(1);
        client.close();
        fairlead.awaitInFlight(0);
    }

    @Test
    void clientsCloseEndsTheMember() throws Exception {
        RawServer member = fairlead.member(echoAfter(""));
        upgraded().close();
        member.awaitEnded(1);
    }

    @Test
    void clientsResetEndsTheMember() throws Exception {
        RawServer member = fairlead.member(echoAfter(""));
        upgraded().reset();
        member.awaitEnded(1);
    }

    @Test
    void membersCloseEndsTheClient() throws Exception {
        CountDownLatch switched = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead(ACCEPTED);
            switched.await();
        });
        RawClient client = upgraded();
        switched.countDown();
        client.expectClosed();
    }

    @Test
    void membersResetEndsTheClient() throws Exception {
        CountDownLatch switched = new CountDownLatch(1);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead(ACCEPTED);
            switched.await();
            wire.reset();
        });
        RawClient client = upgraded();
        switched.countDown();
        client.expectClosed();
    }

    @Test
    void manyBytesPassBothWaysAtOnce() throws Exception {
        Payload payload = Payload.mebibytes(10);
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead(ACCEPTED);
            wire.copy(payload.length(), wire.output());
            wire.awaitClose();
        });
        RawClient client = upgraded();
        Background sending = Background.run(() -> client.send(payload));
        Payload.Sink received = new Payload.Sink();
        client.copy(payload.length(), received);
        sending.join();
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void clientThatDoesNotReadHoldsTheMemberUp() throws Exception {
        Payload payload = Payload.mebibytes(64);
        AtomicLong sent = new AtomicLong();
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead(ACCEPTED);
            payload.writeTo(new CountingOutput(wire.output(), sent));
            wire.awaitClose();
        });
        RawClient client = fairlead.slowClient();
        client.sendHead(HANDSHAKE);
        assertThat(client.readHead().status()).isEqualTo(101);
        assertThat(Await.settled(sent::get)).isLessThan(payload.length() / 2);
        Payload.Sink received = new Payload.Sink();
        client.copy(payload.length(), received);
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void memberThatDoesNotReadHoldsTheClientUp() throws Exception {
        Payload payload = Payload.mebibytes(64);
        AtomicLong sent = new AtomicLong();
        CountDownLatch mayRead = new CountDownLatch(1);
        Payload.Sink received = new Payload.Sink();
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead(ACCEPTED);
            mayRead.await();
            wire.copy(payload.length(), received);
            wire.send("done");
            wire.awaitClose();
        });
        RawClient client = upgraded();
        Background sending = Background.run(() -> payload.writeTo(new CountingOutput(client.output(), sent)));
        assertThat(Await.settled(sent::get)).isLessThan(payload.length() / 2);
        mayRead.countDown();
        sending.join();
        assertThat(client.readText(4)).isEqualTo("done");
        assertThat(received.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void refusalOfTheSwitchPassesInFull() throws Exception {
        fairlead.member(
                Script.answering("HTTP/1.1 403 Forbidden", "X-Reason: no", "Content-Length: 9", "", "forbidden"));
        RawClient client = fairlead.client();
        client.sendHead(HANDSHAKE);
        Answer answer = client.readAnswer();
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.text()).isEqualTo("forbidden");
        assertThat(answer.head().value("x-reason")).isEqualTo("no");
        if (answer.head().lists("connection", "close")) {
            client.expectClosed();
        } else {
            assertThat(client.get("/").status()).isEqualTo(403);
        }
    }

    @Test
    void memberThatIgnoresTheUpgradeIsAnOrdinaryOne() throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 200 OK", "Transfer-Encoding: chunked", "", "2", "ok", "0", "", ""));
        RawClient client = fairlead.client();
        client.sendHead(HANDSHAKE);
        assertThat(client.readAnswer().text()).isEqualTo("ok");
    }

    @Test
    void otherProtocolsPassToo() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo/2", "Connection: upgrade");
            wire.copyToEnd(wire.output());
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo/2, bar", "Connection: upgrade");
        assertThat(client.readHead().value("upgrade")).isEqualTo("foo/2");
        client.send("ping");
        assertThat(client.readText(4)).isEqualTo("ping");
        assertThat(member.onlyHead().value("upgrade")).isEqualTo("foo/2, bar");
    }

    @Test
    void upgradeThatConnectionDoesNotNameIsNone() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: websocket");
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        assertThat(member.onlyHead().has("upgrade")).isFalse();
    }

    @Test
    void upgradeOfHttp10IsNone() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.0", RawClient.HOST, "Upgrade: websocket", "Connection: upgrade");
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        assertThat(member.onlyHead().has("upgrade")).isFalse();
    }

    @Test
    void tunnelsConnectionIsNeverReused() throws Exception {
        RawServer member = fairlead.member(echoAfter(""), Script.ok());
        upgraded().close();
        member.awaitEnded(1);
        fairlead.client().expectUsable();
        assertThat(member.connections()).isEqualTo(2);
    }

    private RawClient upgraded() throws Exception {
        RawClient client = fairlead.client();
        client.sendHead(HANDSHAKE);
        assertThat(client.readHead().status()).isEqualTo(101);
        return client;
    }

    /** Switches, says this in the same packet, and then sends back what comes. */
    private static Script echoAfter(String words) {
        return wire -> {
            wire.readHead();
            wire.send(Wire.head(ACCEPTED) + words);
            try {
                wire.copyToEnd(wire.output());
            } catch (IOException reset) {
                // An end too.
            }
        };
    }
}
