package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that breaks off in its body never looks complete to the client: RFC 9112, section 8. */
class BrokenAnswerIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void breakInABodyWithALengthShows(boolean byReset) throws Exception {
        expectBreak("HTTP/1.1", "content-length: 10", wire -> {
            wire.send("hello");
            if (byReset) {
                wire.reset();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void breakBeforeABodyWithALengthShows(boolean byReset) throws Exception {
        expectBreak("HTTP/1.1", "content-length: 10", wire -> {
            if (byReset) {
                wire.reset();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "5", "5\r\nhel", "5\r\nhello", "5\r\nhello\r\n", "5\r\nhello\r\n0\r\n", "0\r\nX-Sum: 1\r\n"})
    void breakInAChunkedBodyShows(String chunks) throws Exception {
        expectBreak("HTTP/1.1", "transfer-encoding: chunked", wire -> wire.send(chunks));
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\r\n", "-1\r\n", "3\r\nhello\r\n", "fffffffffffffffff\r\n", "0x1\r\na\r\n"})
    void nonsenseInAChunkedBodyShows(String chunks) throws Exception {
        expectBreak("HTTP/1.1", "transfer-encoding: chunked", wire -> {
            wire.sendChunk("good");
            wire.send(chunks);
            wire.awaitClose();
        });
    }

    @Test
    void breakInABodyToHttp10Shows() throws Exception {
        expectBreak("HTTP/1.0", "content-length: 10", wire -> wire.send("hello"));
    }

    @Test
    void resetOfABodyThatEndsWithItsConnectionShows() throws Exception {
        expectBreak("HTTP/1.1", "connection: close", wire -> {
            wire.send("hello");
            wire.reset();
        });
    }

    /** There is no length to compare with: only a reset tells an HTTP/1.0 client that more should have come. */
    @Test
    void breakInAChunkedBodyResetsHttp10() throws Exception {
        expectBreak("HTTP/1.0", "transfer-encoding: chunked", wire -> wire.sendChunk("hello"));
    }

    /** Asks; once the client has the head, and only then, the member goes on as told. */
    private void expectBreak(String version, String field, Script rest) throws Exception {
        CountDownLatch clientHasTheHead = new CountDownLatch(1);
        RawServer member = fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", field);
            clientHasTheHead.await();
            rest.converse(wire);
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / " + version, RawClient.HOST);
        Head head = client.readHead();
        assertThat(head.status()).isEqualTo(200);
        clientHasTheHead.countDown();
        assertThat(client.readBody(head, new Payload.Sink()).complete())
                .as("complete")
                .isFalse();
        client.expectClosed();
        member.awaitEnded(1);
    }
}
