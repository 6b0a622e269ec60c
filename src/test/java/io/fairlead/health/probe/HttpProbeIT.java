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
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The HTTP probe on the transport that the program prefers. */
class HttpProbeIT extends ProbeContract {
    private static final HttpProbeOptions DEFAULTS =
            new HttpProbeOptions("/health", "GET", "", Map.of(), List.of(new StatusRange(200, 299)), 0);
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(150);

    @Override
    VertxOptions vertxOptions() {
        return super.vertxOptions().setPreferNativeTransport(true);
    }

    @Override
    Probe create(ProbeProvider.Environment environment) {
        return new HttpProbe(DEFAULTS, environment);
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
    void tellsTheStatusAndTheTimeThatItTook() throws Exception {
        long[] ticks = {5_000_000, 6_249_000};
        int[] next = {0};
        try (ScriptedServer server = new ScriptedServer(well())) {
            Probe probe = probe(LONG, real -> {
                var scripted = new ProbeProvider.Environment(real.vertx(), () -> ticks[next[0]++], real.timeout());
                return create(scripted);
            });
            assertThat(ask(probe, server.port())).isEqualTo(new Passed("200 in 1.2 ms"));
        }
    }

    @Test
    void asksAsItsOptionsSay() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {})) {
            server.does(connection -> {
                server.keep(readHead(connection));
                write(connection, OK);
            });
            HttpProbeOptions options = new HttpProbeOptions(
                    "/up?deep=1", "HEAD", "shop.example", Map.of("X-Probe", "fairlead"), DEFAULTS.expectStatus(), 0);
            assertThat(ask(probe(LONG, env -> new HttpProbe(options, env)), server.port()))
                    .isInstanceOf(Passed.class);
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .startsWith("HEAD /up?deep=1 HTTP/1.1\r\n")
                    .containsIgnoringCase("\r\nHost: shop.example\r\n")
                    .containsIgnoringCase("\r\nUser-Agent: fairlead-probe\r\n")
                    .containsIgnoringCase("\r\nX-Probe: fairlead\r\n")
                    .containsIgnoringCase("\r\nConnection: close\r\n");
            server.awaitAllClosed();
        }
    }

    @Test
    void namesTheMemberAsConfiguredAndConnectsToItsIp() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {})) {
            server.does(connection -> {
                server.keep(readHead(connection));
                write(connection, OK);
            });
            HttpProbeOptions elsewhere =
                    new HttpProbeOptions("/", "GET", "", Map.of(), DEFAULTS.expectStatus(), server.port());
            Member named = new Member("app", "a", new MemberAddress("app.internal", 9001));
            named.resolved("127.0.0.1");
            assertThat(ask(control, probe(LONG, env -> new HttpProbe(elsewhere, env)), named))
                    .isInstanceOf(Passed.class);
            assertThat(server.heads())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("\r\nHost: app.internal:9001\r\n");
        }
    }

    @Test
    void makesANewConnectionForEachProbeAndSoNoticesAClosedListener() throws Exception {
        Probe probe = probe(LONG);
        int port;
        try (ScriptedServer server = new ScriptedServer(well())) {
            port = server.port();
            assertThat(ask(probe, port)).isInstanceOf(Passed.class);
            assertThat(ask(probe, port)).isInstanceOf(Passed.class);
            assertThat(server.connections()).isEqualTo(2);
            server.awaitAllClosed();
        }
        assertThat(ask(probe, port)).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
    }

    @Test
    void failsAStatusThatIsNotExpected() throws Exception {
        assertThat(answered("HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n", LONG))
                .isEqualTo(new Failed(Reason.STATUS, "status 500 (expected: 200-299)"));
        assertThat(answered("HTTP/1.1 301 Away\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n", LONG))
                .isEqualTo(new Failed(Reason.STATUS, "status 301 (expected: 200-299)"));
    }

    @Test
    void takesAnyOfTheExpectedStatuses() throws Exception {
        HttpProbeOptions options = new HttpProbeOptions(
                "/", "GET", "", Map.of(), List.of(new StatusRange(204, 204), new StatusRange(400, 404)), 0);
        try (ScriptedServer server = new ScriptedServer(answering("HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"))) {
            Probe probe = probe(LONG, env -> new HttpProbe(options, env));
            assertThat(ask(probe, server.port())).isInstanceOf(Passed.class);
            server.does(well());
            assertThat(ask(probe, server.port()))
                    .isEqualTo(new Failed(Reason.STATUS, "status 200 (expected: 204, 400-404)"));
        }
    }

    @Test
    void interimAnswersDoNotDecide() throws Exception {
        assertThat(answered("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK, LONG))
                .isInstanceOf(Passed.class);
    }

    @Test
    void takesAnHttp10AnswerThatEndsWithTheConnection() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, "HTTP/1.0 200 OK\r\n\r\nfine");
            connection.close();
        })) {
            assertThat(ask(probe(LONG), server.port())).isInstanceOf(Passed.class);
        }
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
            assertThat(ask(probe(LONG), server.port())).isInstanceOf(Passed.class);
            server.awaitAllClosed();
        }
        assertThat(written.get()).as("64 KiB and what buffers hold").isLessThan(64 << 20);
    }

    @Test
    void aBodyThatStallsOrBreaksDoesNotUndoThePass() throws Exception {
        assertThat(answered("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive.", SHORT))
                .isInstanceOf(Passed.class);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            readHead(connection);
            write(connection, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfive.");
            connection.close();
        })) {
            assertThat(ask(probe(LONG), server.port())).isInstanceOf(Passed.class);
        }
    }

    @Test
    void aHeadThatNeverEndsIsTooLate() throws Exception {
        assertThat(answered("HTTP/1.1 200 OK\r\nX-Slow: ", SHORT))
                .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
    }

    @Test
    void aHeadWithoutBoundIsRefused() throws Exception {
        assertThat(answered("HTTP/1.1 200 OK\r\nX-Big: " + "x".repeat(20_000) + "\r\n\r\n", LONG))
                .isInstanceOfSatisfying(Failed.class, failed -> {
                    assertThat(failed.reason()).isEqualTo(Reason.PROTOCOL);
                    assertThat(failed.detail()).startsWith("not HTTP: ").contains("16384");
                });
    }

    @Test
    void saysWhatCameInsteadOfHttp() throws Exception {
        assertThat(answered("SSH-2.0-OpenSSH_9.2\r\n\r\n", LONG)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.reason()).isEqualTo(Reason.PROTOCOL);
            assertThat(failed.detail()).startsWith("not HTTP: ").containsIgnoringCase("ssh-2.0");
        });
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

    private ProbeResult answered(String answer, Duration timeout) throws Exception {
        try (ScriptedServer server = new ScriptedServer(answering(answer))) {
            ProbeResult result = ask(probe(timeout), server.port());
            server.awaitAllClosed();
            return result;
        }
    }
}
