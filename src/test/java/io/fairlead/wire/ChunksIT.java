package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What chunks carry besides the body: extensions end here, trailers pass: RFC 9112, section 7.1. */
class ChunksIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void dropsChunkExtensions() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            Body body = wire.readRequestBody(head, new Payload.Sink());
            assertThat(body.chunks()).noneMatch(line -> line.contains(";"));
            wire.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;x=y\r\nok\r\n0;z\r\n\r\n");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.send("5;a=b;c=\"d\"\r\nhello\r\n0;e\r\n\r\n");
        Answer answer = client.readAnswer();
        assertThat(answer.text()).isEqualTo("ok");
        assertThat(answer.body().chunks()).noneMatch(line -> line.contains(";"));
    }

    @Test
    void passesTrailersOfRequests() throws Exception {
        fairlead.member(wire -> {
            Head head = wire.readHead();
            Body body = wire.readRequestBody(head, new Payload.Sink());
            assertThat(body.trailers())
                    .extracting(Head.Field::name, Head.Field::value)
                    .contains(tuple("X-Sum", "42"));
            wire.sendHead("HTTP/1.1 204 No Content");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked", "Trailer: X-Sum");
        client.sendChunk("hello");
        client.sendLastChunk("X-Sum: 42");
        assertThat(client.readAnswer().status()).isEqualTo(204);
    }

    @Test
    void passesTrailersOfResponses() throws Exception {
        fairlead.member(Script.answering(
                "HTTP/1.1 200 OK",
                "Trailer: X-Sum, Grpc-Status",
                "Transfer-Encoding: chunked",
                "",
                "5",
                "hello",
                "0",
                "X-Sum: 42",
                "Grpc-Status: 0",
                "",
                ""));
        RawClient client = fairlead.client();
        Answer answer = client.get("/");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.body().trailers())
                .containsExactlyInAnyOrder(new Head.Field("X-Sum", "42"), new Head.Field("Grpc-Status", "0"));
        client.expectUsable();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 3",
                "Transfer-Encoding: chunked",
                "Host: evil.example",
                "Connection: close",
                "Upgrade: websocket",
                "X-Forwarded-For: 192.0.2.1",
                "X_Under_Score: 1"
            })
    void trailersOfRequestsCannotSayWhatHeadersMustNot(String trailer) throws Exception {
        RawServer member = fairlead.member(wire -> {
            Head head = wire.readHead();
            Body body = wire.readRequestBody(head, new Payload.Sink());
            assertThat(body.trailers()).as("trailers").isEmpty();
            if (body.complete()) {
                wire.sendHead("HTTP/1.1 204 No Content");
                wire.awaitClose();
            }
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("hello");
        client.sendLastChunk(trailer);
        assertThat(client.readAnswer().status()).isIn(204, 400);
        assertThat(member.connections()).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Content-Length: 3", "Transfer-Encoding: chunked", "Connection: close", "Keep-Alive: timeout=1"})
    void trailersOfResponsesCannotSayWhatHeadersMustNot(String trailer) throws Exception {
        fairlead.member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 200 OK", "transfer-encoding: chunked");
            wire.sendChunk("hello");
            wire.sendLastChunk(trailer);
            wire.awaitClose();
        });
        Answer answer = fairlead.client().get("/");
        assertThat(answer.text()).isEqualTo("hello");
        assertThat(answer.body().trailers()).isEmpty();
    }
}
