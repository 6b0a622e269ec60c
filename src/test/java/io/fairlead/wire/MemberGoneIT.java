package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the client sees when a member refuses, breaks off or talks nonsense: an honest answer, or a visible break. */
class MemberGoneIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void refusalByAllIsSaid() throws Exception {
        fairlead.refusingMember();
        fairlead.refusingMember();
        RawClient client = fairlead.client();
        Problem.expect(client.get("/"), 502, "connect-failed");
        Problem.expect(client.get("/"), 502, "connect-failed");
    }

    @Test
    void refusalByAllIsSaidToAnUploadToo() throws Exception {
        fairlead.refusingMember();
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        Problem.expect(client.readAnswer(), 502, "connect-failed");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closeBeforeAnAnswerIsSaid(boolean byReset) throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            if (byReset) {
                wire.reset();
            }
        });
        RawClient client = fairlead.client();
        Problem.expect(client.get("/"), 502, "upstream-reset");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void closeWithinTheHeadIsSaid(boolean byReset) throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\ncontent-le");
            if (byReset) {
                wire.reset();
            }
        });
        Problem.expect(fairlead.client().get("/"), 502, "upstream-reset");
    }

    @Test
    void closeAfterAnInterimResponseIsSaid() throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </a.css>");
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Head head = client.readHead();
        while (head.isInterim()) {
            head = client.readHead();
        }
        assertThat(head.status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "garbage\r\n\r\n",
                "220 smtp.example ESMTP\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/2.0 200 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 OK\r\n\r\n",
                "HTTP/1.1 20 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 099 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 2000 OK\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 -20 OK\r\ncontent-length: 0\r\n\r\n",
                "\0\0\0\0\0\0\r\n\r\n",
                "<html>no head</html>\r\n\r\n"
            })
    void nonsenseInsteadOfAnAnswerIsSaid(String answer) throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.send(answer);
            wire.awaitClose();
        });
        assertThat(Problem.of(fairlead.client().get("/")).status()).isEqualTo(502);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "content-length: 2\r\ntransfer-encoding: chunked",
                "content-length: 2\r\ncontent-length: 3",
                "content-length: 2, 3",
                "content-length: -1",
                "content-length: +2",
                "content-length: two",
                "transfer-encoding: gzip",
                "transfer-encoding: chunked, chunked",
                "transfer-encoding: xchunked",
                "x: a\0b\r\ncontent-length: 2",
                "x: a\rb\r\ncontent-length: 2"
            })
    void ambiguousAnswerIsRefused(String fields) throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\n" + fields + "\r\n\r\n2\r\nok\r\n0\r\n\r\n");
            wire.awaitClose();
        });
        assertThat(Problem.of(fairlead.client().get("/")).status()).isEqualTo(502);
        member.awaitEnded(1);
    }

    @Test
    void headOfAnAnswerThatNeverEndsIsRefused() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\nX: ");
            wire.sendUntilRefused(new AtomicLong());
        });
        assertThat(Problem.of(fairlead.client().get("/")).status()).isEqualTo(502);
        member.awaitEnded(1);
    }

    @Test
    void switchOfProtocolsThatNobodyAskedForIsRefused() throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            wire.awaitClose();
        });
        assertThat(Problem.of(fairlead.client().get("/")).status()).isEqualTo(502);
        member.awaitEnded(1);
    }

    @Test
    void memberThatClosesIdleConnectionsIsNotNoticed() throws Exception {
        fairlead.member(Script.answeringOnce("HTTP/1.1 200 OK", "content-length: 2", "", "ok"));
        fairlead.member(Script.answeringOnce("HTTP/1.1 200 OK", "content-length: 2", "", "ok"));
        RawClient client = fairlead.client();
        for (int i = 0; i < 50; i++) {
            assertThat(client.get("/" + i).status()).as("request %s", i).isEqualTo(200);
        }
    }
}
