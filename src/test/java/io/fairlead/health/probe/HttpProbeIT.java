package io.fairlead.health.probe;

import static io.fairlead.health.probe.ScriptedServer.answering;
import static io.fairlead.health.probe.ScriptedServer.readHead;
import static io.fairlead.health.probe.ScriptedServer.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.settings.Providers;
import io.fairlead.settings.StatusRange;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP probe on the transport that the program prefers. */
class HttpProbeIT extends ProbeContract {
    private static final HttpOptions DEFAULTS = new HttpOptions();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Passed PASSED = new Passed("200");

    @Override
    Probe create(ProbeProvider.Environment environment) {
        return new HttpProbe(DEFAULTS.made(), environment);
    }

    @Override
    ScriptedServer.Script well() {
        return answering(OK);
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(ProbeProvider.class, "http").optionsType()).isEqualTo(HttpProbeOptions.class);
    }

    @Test
    void tellsTheStatusByOneObjectForAllProbes() throws Exception {
        try (ScriptedServer server = new ScriptedServer(well())) {
            Probe probe = probe(LONG);
            ProbeResult first = ask(probe, server.port());
            assertThat(first).isEqualTo(PASSED);
            assertThat(ask(probe, server.port())).isSameAs(first);
        }
    }

    @Test
    void asksAsItsOptionsSay() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            HttpOptions options = DEFAULTS.path("/up?deep=1")
                    .method("HEAD")
                    .host("shop.example")
                    .header("X-Probe", "fairlead");
            assertThat(ask(probe(options), server.port())).isEqualTo(PASSED);
            assertThat(server.heads())
                    .containsExactly("HEAD /up?deep=1 HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: fairlead-probe\r\n"
                            + "X-Probe: fairlead\r\nConnection: close\r\n\r\n");
            server.awaitAllClosed();
        }
    }

    @Test
    void saysThatARequestWhichMayHaveABodyHasNone() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            assertThat(ask(probe(DEFAULTS.method("POST").header("user-agent", "mine")), server.port()))
                    .isEqualTo(PASSED);
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .contains("\r\nContent-Length: 0\r\n", "\r\nuser-agent: mine\r\n")
                    .doesNotContain("fairlead-probe");
        }
    }

    @Test
    void namesTheMemberAsConfiguredAndConnectsToItsIp() throws Exception {
        try (ScriptedServer server = ScriptedServer.keepingHeads(OK)) {
            Member named = new Member("app", "a", new MemberAddress("app.internal", 9001));
            named.resolved("127.0.0.1");
            assertThat(ask(control, probe(DEFAULTS.port(server.port())), named)).isEqualTo(PASSED);
            assertThat(server.heads()).singleElement().asString().contains("\r\nHost: app.internal:9001\r\n");
        }
    }

    @Test
    void makesANewConnectionForEachProbeAndSoNoticesAClosedListener() throws Exception {
        Probe probe = probe(LONG);
        Member member;
        try (ScriptedServer server = new ScriptedServer(well())) {
            member = member(server.port());
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(ask(control, probe, member)).isEqualTo(PASSED);
            assertThat(server.connections()).isEqualTo(2);
            server.awaitAllClosed();
        }
        assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
    }

    @Test
    void failsAStatusThatIsNotExpected() throws Exception {
        assertThat(answered("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(new Failed(Reason.STATUS, "status 500 (expected: 200-299)"));
        assertThat(answered("HTTP/1.1 301 Away\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n"))
                .isEqualTo(new Failed(Reason.STATUS, "status 301 (expected: 200-299)"));
    }

    @Test
    void showsHowTheBodyOfAnUnexpectedStatusBegins() throws Exception {
        assertThat(answered("HTTP/1.1 503 No\r\nContent-Length: 31\r\n\r\n{\n\"db\": \"down\",\n\"token\": \"abc\"}"))
                .isEqualTo(new Failed(
                        Reason.STATUS, "status 503 (expected: 200-299): { \"db\": \"down\", \"token\": \"***\"}"));
        assertThat(answered("HTTP/1.1 503 No\r\n\r\n" + "x".repeat(5000)))
                .isEqualTo(new Failed(Reason.STATUS, "status 503 (expected: 200-299): " + "x".repeat(200) + "..."));
    }

    @ParameterizedTest
    @CsvSource({"Content-Length: 50", "Transfer-Encoding: chunked", "X-None: 1"})
    void showsWhatCameOfTheBodyOfAnUnexpectedStatusWhateverBecomesOfTheRest(String framing) throws Exception {
        String begun = "HTTP/1.1 500 No\r\n" + framing + "\r\n\r\n"
                + (framing.contains("chunked") ? "5\r\noops!\r\n" : "oops!");
        Failed shown = new Failed(Reason.STATUS, "status 500 (expected: 200-299): oops!");
        assertThat(answeredAndClosed(begun)).isEqualTo(shown);
    }

    @Test
    void doesNotShowWhatItSentItself() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            String head = readHead(connection);
            write(connection, "HTTP/1.1 401 No\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
        })) {
            ProbeResult result = ask(probe(DEFAULTS.header("Authorization", "Basic c2VjcmV0OjE=")), server.port());
            assertThat(result.detail()).contains("Authorization: ***").doesNotContain("c2VjcmV0OjE");
        }
    }

    @Test
    void takesAnyOfTheExpectedStatuses() throws Exception {
        HttpOptions options = DEFAULTS.statuses(new StatusRange(204, 204), new StatusRange(400, 404));
        try (ScriptedServer server = new ScriptedServer(answering("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))) {
            Probe probe = probe(options);
            assertThat(ask(probe, server.port())).isEqualTo(new Passed("404"));
            server.does(answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(Reason.STATUS, "status 200 (expected: 204, 400-404)"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ready", "/\"status\"\\s*:\\s*\"(up|ready)\"/"})
    void looksForTheExpectedTextInTheBody(String expected) throws Exception {
        Probe probe = probe(DEFAULTS.body(expected));
        try (ScriptedServer server = new ScriptedServer(answering(withBody("{\"status\": \"ready\"}")))) {
            assertThat(ask(probe, server.port())).isEqualTo(PASSED);
            server.does(answering(withBody("{\"status\": \"starting\"}")));
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(Reason.BODY, "expect_body is not in the body: {\"status\": \"starting\"}"));
            server.does(answering(withBody("")));
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(Reason.BODY, "expect_body is not in the body, which is empty"));
            server.awaitAllClosed();
        }
    }

    @Test
    void looksForTheExpectedTextInTheFirst64KibibytesOnly() throws Exception {
        Probe probe = probe(DEFAULTS.body("ready"));
        String filler = "x".repeat((64 << 10) - 5);
        try (ScriptedServer server = new ScriptedServer(answering(withBody(filler + "ready")))) {
            assertThat(ask(probe, server.port())).isEqualTo(PASSED);
            server.does(answering(withBody(filler + "xready")));
            assertThat(ask(probe, server.port()))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).isEqualTo(Reason.BODY));
        }
    }

    @Test
    void anExpressionThatBacktracksWithoutEndFailsTheProbeAndHoldsNobodyUp() throws Exception {
        Probe probe = probe(DEFAULTS.body("/(a+)+$/"));
        try (ScriptedServer server = new ScriptedServer(answering(withBody("a".repeat(60_000) + "!")))) {
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(
                            Reason.BODY, "expect_body was given up: the expression backtracks too much on this body"));
            server.awaitAllClosed();
        }
    }

    @Test
    void interimAnswersDoNotDecide() throws Exception {
        assertThat(answered("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK))
                .isEqualTo(PASSED);
    }

    @Test
    void takesAnAnswerThatIsThereBeforeTheQuestion() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> write(connection, OK))) {
            Probe probe = probe(LONG);
            for (int i = 0; i < 200; i++) {
                assertThat(ask(probe, server.port())).isEqualTo(PASSED);
            }
        }
    }

    @Test
    void takesAnHttp10AnswerThatEndsWithTheConnection() throws Exception {
        assertThat(answeredAndClosed("HTTP/1.0 200 OK\r\n\r\nfine")).isEqualTo(PASSED);
    }

    @Test
    void aBodyWithoutEndIsCutOff() throws Exception {
        AtomicLong written = new AtomicLong();
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) { // until the probe closes
                write(connection, "x".repeat(8192));
                written.addAndGet(8192);
            }
        })) {
            assertThat(ask(probe(LONG), server.port()))
                    .isEqualTo(new Failed(Reason.BODY, "a body of more than 1048576 bytes"));
            server.awaitAllClosed();
        }
        assertThat(written.get()).as("1 MiB and what buffers hold").isLessThan(64 << 20);
    }

    @Test
    void aBodyThatStallsOrBreaksIsNoPass() throws Exception {
        String begun = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive.";
        assertThat(answered(begun, SHORT)).satisfies(HttpProbeIT::isLate);
        assertThat(answeredAndClosed(begun)).isEqualTo(new Failed(Reason.PROTOCOL, "connection closed in the body"));
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, begun);
            connection.setSoLinger(true, 0);
            connection.close();
        })) {
            assertThat(ask(probe(LONG), server.port()).detail())
                    .matches("connection (reset|broken|closed) (in the body|before an answer)");
        }
    }

    @Test
    void anAnswerThatComesByTheByteIsTooLate() throws Exception {
        assertThat(byTheByte("HTTP/1.1 200 OK\r\nX-Slow: "))
                .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
        assertThat(byTheByte("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")).satisfies(HttpProbeIT::isLate);
        assertThat(byTheByte("HTTP/1.1 200 OK\r\n\r\n")).satisfies(HttpProbeIT::isLate);
    }

    /** On a slow machine not even the head may be there in time. */
    private static void isLate(ProbeResult result) {
        assertThat(result)
                .isIn(
                        new Failed(Reason.TIMEOUT, "no answer within 150 ms"),
                        new Failed(Reason.TIMEOUT, "status 200, but not all of the body within 150 ms"));
    }

    private ProbeResult byTheByte(String begin) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, begin);
            while (!ScriptedServer.isClosedWithin(connection, 20)) {
                write(connection, "x");
            }
        })) {
            ProbeResult result = ask(probe(SHORT), server.port());
            server.awaitAllClosed();
            return result;
        }
    }

    @Test
    void whatNeverEndsIsBounded() throws Exception {
        assertThat(endless("HTTP/1.1 200 OK\r\nX-Big: ", "x".repeat(8192)))
                .isEqualTo(new Failed(Reason.PROTOCOL, "a head of more than 16384 bytes"));
        assertThat(endless("", "HTTP/1.1 102 Processing\r\n\r\n"))
                .isEqualTo(new Failed(Reason.PROTOCOL, "interim answers of more than 16384 bytes"));
        assertThat(endless(
                        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "400\r\n" + "x".repeat(1024) + "\r\n"))
                .isEqualTo(new Failed(Reason.BODY, "a body of more than 1048576 bytes"));
        assertThat(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "x".repeat(8192)))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP: a chunk's size of more than 1024 bytes"));
        assertThat(endless("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n".repeat(1000)))
                .isEqualTo(new Failed(Reason.PROTOCOL, "trailers of more than 16384 bytes"));
    }

    @Test
    void saysWhatCameInsteadOfHttp() throws Exception {
        assertThat(answered("SSH-2.0-OpenSSH_9.2\r\n\r\n"))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP: SSH-2.0-OpenSSH_9.2"));
        assertThat(answered("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"))
                .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP: a malformed chunk size"));
    }

    @Test
    void aResetIsToldFromAClose() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            connection.setSoLinger(true, 0);
            connection.close();
        })) {
            Probe probe = probe(LONG);
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(Reason.PROTOCOL, "connection reset before an answer"));
            server.does(connection -> {
                readHead(connection);
                connection.close();
            });
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(Reason.PROTOCOL, "connection closed before an answer"));
        }
    }

    private Probe probe(HttpOptions options) throws Exception {
        return probe(LONG, env -> new HttpProbe(options.made(), env));
    }

    private static String withBody(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private ProbeResult answered(String answer) throws Exception {
        return answered(answer, LONG);
    }

    private ProbeResult answered(String answer, Duration timeout) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(answer))) {
            ProbeResult result = ask(probe(timeout), server.port());
            server.awaitAllClosed();
            return result;
        }
    }

    private ProbeResult answeredAndClosed(String answer) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, answer);
            connection.close();
        })) {
            return ask(probe(LONG), server.port());
        }
    }

    private ProbeResult endless(String begin, String again) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, begin);
            while (true) { // until the probe closes
                write(connection, again);
            }
        })) {
            ProbeResult result = ask(probe(LONG), server.port());
            server.awaitAllClosed();
            return result;
        }
    }
}
