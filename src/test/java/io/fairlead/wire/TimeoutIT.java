package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member that keeps a request waiting too long: 504 with the word that says which time-out it was, or a visible break. */
class TimeoutIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void connect() throws Exception {
        try (DeafServer deaf = DeafServer.start()) {
            fairlead.pool("[pools.app.timeouts]\nconnect = \"200ms\"").memberAt(deaf.address());
            Problem problem = Problem.expect(fairlead.client().get("/"), 504, "upstream-timeout");
            assertThat(problem.detail()).contains("connect");
        }
    }

    @Test
    void connectIsTriedElsewhere() throws Exception {
        try (DeafServer deaf = DeafServer.start()) {
            fairlead.pool("[pools.app.timeouts]\nconnect = \"200ms\"").memberAt(deaf.address());
            fairlead.member(Script.echo());
            RawClient client = fairlead.client();
            client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
            client.send("hello");
            assertThat(client.readAnswer().text()).isEqualTo("hello");
        }
    }

    @Test
    void firstByte() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"");
        RawServer member = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        Problem problem = Problem.expect(client.get("/"), 504, "upstream-timeout");
        assertThat(problem.detail()).contains("first byte");
        member.awaitEnded(1);
    }

    @Test
    void firstByteIsTriedElsewhere() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"");
        RawServer first = fairlead.member(Script.hanging());
        fairlead.member(Script.ok());
        assertThat(fairlead.client().get("/").text()).isEqualTo("ok");
        first.awaitEnded(1);
    }

    @Test
    void firstByteIsNotTriedElsewhereForAPost() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"");
        fairlead.member(Script.hanging());
        RawServer second = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 0");
        Problem.expect(client.readAnswer(), 504, "upstream-timeout");
        second.expectNoConnection();
    }

    @Test
    void firstByteIsNotTriedElsewhereWhereA504IsNot() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"\n[pools.app.retry]\non = [\"reset\", \"503\"]");
        fairlead.member(Script.hanging());
        RawServer second = fairlead.member(Script.ok());
        Problem.expect(fairlead.client().get("/"), 504, "upstream-timeout");
        second.expectNoConnection();
    }

    @Test
    void firstByteOfAllMembers() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"");
        RawServer first = fairlead.member(Script.hanging());
        RawServer second = fairlead.member(Script.hanging());
        Problem.expect(fairlead.client().get("/"), 504, "upstream-timeout");
        first.awaitEnded(1);
        second.awaitEnded(1);
    }

    @Test
    void firstByteOfAsManyMembersAsAreAllowed() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"\n[pools.app.retry]\nattempts = 2");
        fairlead.member(Script.hanging());
        fairlead.member(Script.hanging());
        RawServer third = fairlead.member(Script.ok());
        Problem.expect(fairlead.client().get("/"), 504, "retry-exhausted");
        third.expectNoConnection();
    }

    @Test
    void firstByteAfterAnUpload() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"");
        RawServer member = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        Problem problem = Problem.expect(client.readAnswer(), 504, "upstream-timeout");
        assertThat(problem.detail()).contains("first byte");
        member.awaitEnded(1);
    }

    @Test
    void interimResponsesDoNotPutOffTheFirstByteForEver() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nfirst_byte = \"200ms\"");
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 103 Early Hints", "Link: </a.css>");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readHead().status()).isEqualTo(103);
        Problem.expect(client.readAnswer(), 504, "upstream-timeout");
    }

    @Test
    void idleWithinAResponse() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nidle = \"200ms\"");
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.send("HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhello");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readBrokenAnswer().text()).isEqualTo("hello");
        member.awaitEnded(1);
    }

    @Test
    void idleWithinAChunkedResponse() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nidle = \"200ms\"");
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "transfer-encoding: chunked");
            wire.sendChunk("hello");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        assertThat(client.readBrokenAnswer().text()).isEqualTo("hello");
        member.awaitEnded(1);
    }

    @Test
    void idleOfAClientThatDoesNotRead() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nidle = \"200ms\"");
        AtomicLong sent = new AtomicLong();
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + (1L << 40));
            wire.sendUntilRefused(sent);
        });
        fairlead.slowClient().sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @Test
    void idleWithinAnUpload() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nidle = \"200ms\"");
        RawServer member = fairlead.member(wire -> assertThat(wire.readRequestBody(wire.readHead(), new Payload.Sink())
                        .complete())
                .isFalse());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 10");
        client.send("hello");
        Head head = client.nextHead();
        if (head != null) {
            assertThat(head.status()).isIn(408, 504);
            client.readBody(head, new Payload.Sink());
        }
        client.expectClosed();
        member.awaitEnded(1);
    }

    @Test
    void idleWithinATunnel() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nidle = \"200ms\"");
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "Upgrade: foo", "Connection: upgrade");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Upgrade: foo", "Connection: upgrade");
        assertThat(client.readHead().status()).isEqualTo(101);
        client.expectClosed();
        member.awaitEnded(1);
    }

    @Test
    void totalBeforeAnAnswer() throws Exception {
        fairlead.pool("[[routes]]\npool = \"app\"\ntimeout = \"200ms\"");
        RawServer member = fairlead.member(Script.hanging());
        Problem problem = Problem.expect(fairlead.client().get("/"), 504, "upstream-timeout");
        assertThat(problem.detail()).contains("total");
        member.awaitEnded(1);
    }

    @Test
    void totalWithinAnAnswerThatIsNeverIdle() throws Exception {
        fairlead.pool("[[routes]]\npool = \"app\"\ntimeout = \"300ms\"");
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + (1L << 40));
            wire.sendUntilRefused(new AtomicLong());
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        Head head = client.readHead();
        assertThat(client.readBody(head, new Payload.Sink()).complete()).isFalse();
        member.awaitEnded(1);
    }

    @Test
    void slowButSteadyAnswersAreNotCut() throws Exception {
        fairlead.pool("[pools.app.timeouts]\nidle = \"400ms\"\nfirst_byte = \"400ms\"");
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 20");
            for (int i = 0; i < 20; i++) {
                Await.pause();
                wire.send("x");
            }
            wire.awaitClose();
        });
        assertThat(fairlead.client().get("/").text()).hasSize(20);
    }
}
