package io.fairlead.health.probe;

import static io.fairlead.health.probe.Http2Script.only;
import static io.fairlead.health.probe.Http2Script.serving;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.fairlead.settings.Providers;
import io.fairlead.settings.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gRPC probe against scripted members; against a real one see {@link GrpcServerIT}. */
class GrpcProbeIT extends ProbeContract {
    private static final Passed SERVING = new Passed("SERVING");

    @Override
    Probe create(ProbeProvider.Environment environment) {
        return new GrpcProbe(options("", Map.of()), environment);
    }

    @Override
    ScriptedServer.Script well() {
        return Http2Script.answering(serving(1));
    }

    static GrpcProbeOptions options(String service, Map<String, String> headers) {
        Map<String, Secret> secrets = new HashMap<>();
        headers.forEach((name, value) -> secrets.put(name, new Secret(value)));
        return new GrpcProbeOptions(service, "", secrets, 0, false);
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(ProbeProvider.class, "grpc").optionsType()).isEqualTo(GrpcProbeOptions.class);
    }

    @Test
    void refusesOptionsThatWouldBreakTheQuestion() {
        assertThatThrownBy(() -> options("x".repeat(1025), Map.of()))
                .hasMessage("service: 1025 characters (expected: 1024 at most)");
        assertThatThrownBy(() -> options("", Map.of("TE", "x")))
                .hasMessage("headers: TE (expected: none that the probe sets itself)");
        assertThatThrownBy(() -> new GrpcProbeOptions("", "a b", Map.of(), 0, false))
                .hasMessageStartingWith("host: ");
        assertThatThrownBy(() -> new GrpcProbeOptions("", "", Map.of(), -1, false))
                .hasMessageStartingWith("port: ");
    }

    @ParameterizedTest
    @CsvSource({"0, UNKNOWN", "2, NOT_SERVING", "3, SERVICE_UNKNOWN", "9, 'serving status 9, unheard of'"})
    void failsEveryServingStatusButOne(int status, String words) throws Exception {
        assertThat(answered(serving(status))).isEqualTo(new Failed(Reason.STATUS, words));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "12 | x | grpc-status 12 UNIMPLEMENTED: the member has no health service",
                "5 | x | grpc-status 5 NOT_FOUND: the member's health service does not know the server as a whole",
                "14 | going%20down: token=a%62c | grpc-status 14 UNAVAILABLE: going down: token=***",
                "7 | '' | grpc-status 7 PERMISSION_DENIED",
                "77 | 100%zz | grpc-status 77: 100%zz"
            })
    void failsEveryGrpcStatusButZero(String code, String message, String words) throws Exception {
        Failed failed = new Failed(Reason.STATUS, words);
        assertThat(answered(
                        only("200", "content-type", "application/grpc", "grpc-status", code, "grpc-message", message)))
                .isEqualTo(failed);
        assertThat(answered((script, stream) -> {
                    script.head(stream);
                    script.headers(Http2Script.END_STREAM, stream, "grpc-status", code, "grpc-message", message);
                }))
                .isEqualTo(failed);
    }

    @Test
    void failsWhatIsNoAnswerByGrpc() throws Exception {
        assertThat(answered(only("404", "content-type", "text/html")))
                .isEqualTo(new Failed(Reason.STATUS, "HTTP status 404 (expected: an answer by gRPC)"));
        assertThat(answered(only("200", "content-type", "text/html")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: content-type text/html"));
        assertThat(answered(only("200"))).isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: no content-type"));
        assertThat(answered(only("200", "content-type", "application/grpc")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: no grpc-status in the answer"));
        assertThat(answered(only("200", "content-type", "application/grpc", "grpc-status", "zero")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: no grpc-status in the answer"));
        assertThat(answered(only("200", "content-type", "application/grpc", "grpc-status", "0")))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: no message"));
    }

    @Test
    void failsAMessageThatIsNone() throws Exception {
        assertThat(answered(
                        Http2Script.messageAnd((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 8, (byte) -1)))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: a malformed message"));
        assertThat(answered(Http2Script.messageAnd((byte) 0, (byte) 64, (byte) 0, (byte) 0, (byte) 0)))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: a message of 1073741824 bytes"));
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws Exception {
        assertThat(answered((script, stream) -> {
                    script.head(stream);
                    while (true) { // until the probe closes
                        script.frame(Http2Script.DATA, 0, stream, new byte[16_000]);
                    }
                }))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not gRPC: a message of more than 1024 bytes"));
    }

    @Test
    void aHeadWithoutEndIsCutOff() throws Exception {
        assertThat(answered((script, stream) -> {
                    script.frame(Http2Script.HEADERS, 0, stream, Http2Script.block(":status", "200"));
                    while (true) { // until the probe closes
                        script.frame(Http2Script.CONTINUATION, 0, stream, Http2Script.block("x", "y".repeat(8_000)));
                    }
                }))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.PROTOCOL));
    }

    @ParameterizedTest
    @CsvSource({
        "6, 8, more than 1000 frames", // PING
        "4, 0, more than 1000 frames", // SETTINGS
        "0, 0, more than 1000 frames", // DATA of nothing
        "0, 16385, a frame of 16385 bytes",
        "5, 8, 'a push, which was refused'",
        "9, 8, a header block that never began",
        "7, 1, a malformed GOAWAY",
        "3, 1, a malformed RST_STREAM"
    })
    void framesThatHaveNoPlaceAreRefused(int type, int length, String words) throws Exception {
        assertThat(answered((script, stream) -> {
                    script.head(stream);
                    while (true) { // until the probe closes
                        script.frame(type, 0, type == Http2Script.DATA ? stream : 0, new byte[length]);
                    }
                }))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP/2: " + words));
    }

    @Test
    void interimHeadsAndFramesOfNoMatterAreSkipped() throws Exception {
        assertThat(answered((script, stream) -> {
                    script.headers(0, stream, ":status", "103", "link", "</a>");
                    script.frame(77, 255, stream, new byte[100]);
                    script.frame(6, 0, 0, new byte[8]);
                    script.frame(8, 0, 0, (byte) 0, (byte) 0, (byte) 1, (byte) 0);
                    serving(1).to(script, stream);
                }))
                .isEqualTo(SERVING);
    }

    @Test
    void paddingAndContinuationsAreTakenAway() throws Exception {
        assertThat(answered((script, stream) -> {
                    byte[] head = Http2Script.block(":status", "200", "content-type", "application/grpc+proto");
                    script.frame(Http2Script.HEADERS, 0, stream, Arrays.copyOf(head, 20));
                    script.frame(
                            Http2Script.CONTINUATION,
                            Http2Script.END_HEADERS,
                            stream,
                            Arrays.copyOfRange(head, 20, head.length));
                    script.frame(
                            Http2Script.DATA,
                            8,
                            stream,
                            (byte) 2,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) 0,
                            (byte) 2,
                            (byte) 8,
                            (byte) 1,
                            (byte) 0,
                            (byte) 0);
                    script.headers(Http2Script.END_STREAM, stream, "grpc-status", "0");
                }))
                .isEqualTo(SERVING);
    }

    @Test
    void whatIsReadOfAKeptConnectionIsGivenBackToItsWindow() throws Exception {
        GrpcProbeOptions options = new GrpcProbeOptions("", "", Map.of(), 0, true);
        Probe probe = probe(LONG, env -> new GrpcProbe(options, env));
        AtomicInteger givenBack = new AtomicInteger();
        try (ScriptedServer server = new ScriptedServer(Http2Script.answering((script, stream) -> {
            givenBack.set(script.windowUpdates());
            serving(1).to(script, stream);
        }))) {
            Member member = member(server.port());
            for (int i = 0; i < 4; i++) {
                assertThat(ask(control, probe, member)).isEqualTo(SERVING);
                assertThat(givenBack).hasValue(7 * i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatStallsIsTooLate() throws Exception {
        assertThat(answered((script, stream) -> {}, SHORT))
                .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
        assertThat(answered((script, stream) -> script.head(stream), SHORT))
                .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
    }

    @Test
    void saysWhatBecameOfTheStreamOrTheConnection() throws Exception {
        assertThat(answered((script, stream) ->
                        script.frame(Http2Script.RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 11)))
                .isEqualTo(new Failed(Reason.PROTOCOL, "the member reset the stream before an answer (code 11)"));
        assertThat(answered((script, stream) -> {
                    script.head(stream);
                    script.frame(Http2Script.RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 2);
                }))
                .isEqualTo(new Failed(Reason.PROTOCOL, "the member reset the stream in the body (code 2)"));
        assertThat(answered((script, stream) -> {
                    script.head(stream);
                    throw new IOException("closes");
                }))
                .isEqualTo(new Failed(Reason.PROTOCOL, "connection closed in the body"));
    }

    @Test
    void saysThatTheMemberSpeaksHttp1() throws Exception {
        try (ScriptedServer server =
                new ScriptedServer(ScriptedServer.answering("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(ask(probe(LONG), server.port()))
                    .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP/2: the member answered by HTTP/1.1"));
            server.awaitAllClosed();
        }
    }

    private ProbeResult answered(Http2Script.Answer answer) throws Exception {
        return answered(answer, LONG);
    }

    private ProbeResult answered(Http2Script.Answer answer, Duration timeout) throws Exception {
        try (ScriptedServer server = new ScriptedServer(Http2Script.answering(answer))) {
            ProbeResult result = ask(probe(timeout), server.port());
            server.awaitAllClosed();
            return result;
        }
    }
}
