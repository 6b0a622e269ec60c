package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When the client goes, its request at the member ends at once; the member's connection is closed, not reused. */
class ClientGoneIT {
    /** How a client goes. */
    enum Way {
        CLOSE,
        RESET;

        void go(RawClient client) throws Exception {
            if (this == CLOSE) {
                client.close();
            } else {
                client.reset();
            }
        }
    }

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @ParameterizedTest
    @EnumSource
    void whileItWaitsForTheFirstByte(Way way) throws Exception {
        RawServer member = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        assertThat(fairlead.inFlight()).isEqualTo(1);
        way.go(client);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @ParameterizedTest
    @EnumSource
    void inMidDownload(Way way) throws Exception {
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: 1000");
            wire.send("the beginning");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        client.readHead();
        assertThat(client.readText(13)).isEqualTo("the beginning");
        way.go(client);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @ParameterizedTest
    @EnumSource
    void inMidDownloadThatItDoesNotRead(Way way) throws Exception {
        AtomicLong sent = new AtomicLong();
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + (1L << 40));
            wire.sendUntilRefused(sent);
        });
        RawClient client = fairlead.slowClient();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        client.readHead();
        Await.settled(sent::get);
        way.go(client);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @ParameterizedTest
    @EnumSource
    void inMidUpload(Way way) throws Exception {
        RawServer member = fairlead.member(wire -> assertThat(wire.readRequestBody(wire.readHead(), new Payload.Sink())
                        .complete())
                .as("the request looks complete to the member")
                .isFalse());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 1000");
        client.send("the beginning");
        member.awaitHeads(1);
        way.go(client);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @ParameterizedTest
    @EnumSource
    void inMidChunkedUpload(Way way) throws Exception {
        RawServer member = fairlead.member(wire -> assertThat(wire.readRequestBody(wire.readHead(), new Payload.Sink())
                        .complete())
                .as("the request looks complete to the member")
                .isFalse());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("the beginning");
        member.awaitHeads(1);
        way.go(client);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
    }

    @ParameterizedTest
    @EnumSource
    void betweenRequests(Way way) throws Exception {
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.expectUsable();
        way.go(client);
        fairlead.client().expectUsable();
    }

    @ParameterizedTest
    @EnumSource
    void withPipelinedRequestsUnanswered(Way way) throws Exception {
        RawServer member = fairlead.member(Script.hanging());
        RawClient client = fairlead.client();
        String request = Wire.head("GET / HTTP/1.1", RawClient.HOST);
        client.send(request + request + request);
        member.awaitHeads(1);
        way.go(client);
        member.awaitEnded(1);
        fairlead.awaitInFlight(0);
        assertThat(member.heads()).hasSize(1);
    }

    /** RFC 9112, section 9.6, lets either happen: the client may want its answer, or nothing any more. */
    @Test
    void clientThatOnlyEndsItsOutputIsAnsweredOrGivenUp() throws Exception {
        CountDownLatch outputEnded = new CountDownLatch(1);
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            outputEnded.await();
            wire.sendUnlessRefused(Wire.head("HTTP/1.1 204 No Content"));
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST);
        member.awaitHeads(1);
        client.endOutput();
        outputEnded.countDown();
        Head head = client.nextHead();
        if (head != null) {
            assertThat(head.status()).isEqualTo(204);
        }
        client.expectClosed();
        fairlead.awaitInFlight(0);
        assertThat(member.connections()).isLessThanOrEqualTo(1);
    }
}
