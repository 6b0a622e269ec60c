package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every probe of a protocol that answers has to do, built in or plugged in; wants sockets on loopback. */
abstract class ProbeContract {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(150);

    Vertx vertx;
    Context control;
    private final List<Probe> probes = new ArrayList<>();

    /** The probe under test, with all options at their defaults. */
    abstract Probe create(ProbeProvider.Environment environment);

    /** Answers one probe well. */
    abstract ScriptedServer.Script well();

    VertxOptions vertxOptions() {
        return new VertxOptions().setEventLoopPoolSize(1);
    }

    @BeforeEach
    void start() {
        vertx = Vertx.vertx(vertxOptions());
        control = vertx.getOrCreateContext();
    }

    @AfterEach
    void stop() throws Exception {
        probes.forEach(Probe::close);
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

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

    Probe probe(Duration timeout) throws Exception {
        return probe(timeout, this::create);
    }

    /** Makes a probe on the control context. */
    Probe probe(Duration timeout, Function<ProbeProvider.Environment, Probe> factory) throws Exception {
        CompletableFuture<Probe> made = new CompletableFuture<>();
        ProbeProvider.Environment environment = new ProbeProvider.Environment(vertx, System::nanoTime, timeout);
        control.runOnContext(v -> made.complete(factory.apply(environment)));
        Probe probe = made.get(10, TimeUnit.SECONDS);
        probes.add(probe);
        return probe;
    }

    static ProbeResult ask(Context control, Probe probe, Member member) throws Exception {
        CompletableFuture<ProbeResult> ended = new CompletableFuture<>();
        control.runOnContext(v -> probe.probe(member).onComplete(answer -> {
            assertThatContext(control, ended);
            if (answer.succeeded()) {
                ended.complete(answer.result());
            } else {
                ended.completeExceptionally(new AssertionError("a probe's future must not fail", answer.cause()));
            }
        }));
        return ended.get(20, TimeUnit.SECONDS);
    }

    ProbeResult ask(Probe probe, int port) throws Exception {
        return ask(control, probe, new Member("app", "a", new MemberAddress("127.0.0.1", port)));
    }

    private static void assertThatContext(Context control, CompletableFuture<ProbeResult> ended) {
        if (Vertx.currentContext() != control) {
            ended.completeExceptionally(new AssertionError("ended on " + Vertx.currentContext()));
        }
    }

    static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Connects until the listener's queue is full, so that the next to connect gets no answer at all. */
    private static List<Socket> fill(ServerSocket listener) throws IOException {
        List<Socket> fillers = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            Socket filler = new Socket();
            try {
                filler.connect(listener.getLocalSocketAddress(), 200);
                fillers.add(filler);
            } catch (SocketTimeoutException e) {
                filler.close();
                return fillers;
            }
        }
        throw new IllegalStateException("the queue did not fill");
    }
}
