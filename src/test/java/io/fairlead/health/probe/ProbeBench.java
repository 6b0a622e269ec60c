package io.fairlead.health.probe;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.Scheduler;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.tls.MemberTls;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A control context for tests of probes, and what they have in common. */
abstract class ProbeBench {
    static final Duration LONG = Duration.ofSeconds(30);
    static final Duration SHORT = Duration.ofMillis(150);

    Vertx vertx;
    Context control;
    private final List<Probe> probes = new ArrayList<>();

    VertxOptions vertxOptions() {
        return new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true);
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

    /** Makes a probe on the control context. */
    Probe probe(Duration timeout, Function<ProbeProvider.Environment, Probe> factory) throws Exception {
        return probe(timeout, Optional.empty(), factory);
    }

    /** Makes a probe on the control context, for members that are spoken to like this. */
    Probe probe(Duration timeout, Optional<MemberTls> tls, Function<ProbeProvider.Environment, Probe> factory)
            throws Exception {
        Scheduler scheduler = (delay, task) -> {
            long timer = vertx.setTimer(delay.toMillis(), id -> task.run());
            return () -> vertx.cancelTimer(timer);
        };
        ProbeProvider.Environment environment =
                new ProbeProvider.Environment(vertx, scheduler, System::nanoTime, timeout, tls);
        Probe probe = onControl(() -> factory.apply(environment));
        probes.add(probe);
        return probe;
    }

    <T> T onControl(Supplier<T> work) throws Exception {
        CompletableFuture<T> done = new CompletableFuture<>();
        control.runOnContext(v -> done.complete(work.get()));
        return done.get(10, TimeUnit.SECONDS);
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

    static Member member(int port) {
        return new Member("app", "a", new MemberAddress("127.0.0.1", port));
    }

    ProbeResult ask(Probe probe, int port) throws Exception {
        return ask(control, probe, member(port));
    }

    static void assertThatContext(Context control, CompletableFuture<ProbeResult> ended) {
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
    static List<Socket> fill(ServerSocket listener) throws IOException {
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
