package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every probe of a protocol that answers has to do, built in or plugged in; wants sockets on loopback. */
abstract class ProbeContract extends ProbeBench {
    /** The probe under test, with all options at their defaults. */
    abstract Probe create(ProbeProvider.Environment environment);

    /** Answers one probe well. */
    abstract ScriptedServer.Script well();

    @Test
    void passesAMemberThatAnswersWell() throws Exception {
        try (ScriptedServer server = new ScriptedServer(well())) {
            assertThat(ask(probe(LONG), server.port())).isInstanceOf(Passed.class);
            server.awaitAllClosed();
        }
    }

    @Test
    void failsAMemberThatRefuses() throws Exception {
        assertThat(ask(probe(LONG), unusedPort())).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
    }

    @Test
    void failsAMemberThatHangs() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {})) {
            assertThat(ask(probe(SHORT), server.port()))
                    .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
            server.awaitAllClosed();
        }
    }

    @Test
    void failsAMemberThatDoesNotAcceptItsConnection() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> fillers = fill(full);
            assertThat(ask(probe(SHORT), full.getLocalPort()))
                    .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void failsAMemberThatTalksGarbage() throws Exception {
        try (ScriptedServer server = new ScriptedServer(ScriptedServer.answering("\u0015\u0003\u0003 WAT?\r\n\r\n"))) {
            assertThat(ask(probe(LONG), server.port())).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(Reason.PROTOCOL);
                assertThat(failed.detail()).matches("[\\x20-\\x7e]+").doesNotContain("Exception");
            });
            server.awaitAllClosed();
        }
    }

    @Test
    void failsAMemberThatClosesEarly() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Socket::close)) {
            assertThat(ask(probe(LONG), server.port())).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.reason()).isEqualTo(Reason.PROTOCOL);
                assertThat(failed.detail()).matches("connection (closed|reset|broken) before an answer");
            });
            server.awaitAllClosed();
        }
    }

    @Test
    void canBeAskedAgainWhateverHappenedBefore() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Socket::close)) {
            Probe probe = probe(LONG);
            assertThat(ask(probe, server.port())).isInstanceOf(Failed.class);
            server.does(well());
            assertThat(ask(probe, server.port())).isInstanceOf(Passed.class);
            server.awaitAllClosed();
        }
    }

    /** As when another check takes its place. */
    @Test
    void closedWhileItAsksItLeavesNoConnectionAndComesToAnEnd() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer(connection -> {
            if (connection.getInputStream().read() >= 0) {
                asked.countDown();
            }
        })) {
            Probe probe = probe(LONG);
            CompletableFuture<ProbeResult> ended = new CompletableFuture<>();
            control.runOnContext(v -> probe.probe(member(server.port())).onSuccess(ended::complete));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            control.runOnContext(v -> probe.close());
            server.awaitAllClosed();
            assertThat(ended.get(10, TimeUnit.SECONDS)).isInstanceOf(Failed.class);
        }
    }

    Probe probe(Duration timeout) throws Exception {
        return probe(timeout, this::create);
    }
}
