package io.fairlead.cli;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * An app instance of the demo. The second is slower than the others; the third fails now and then: a few of its answers are
 * 500, and once a minute it is unwell for a while: it answers nothing but 503, to requests and to probes.
 */
final class DemoReplica {
    private static final int SLOW = 2;
    private static final int FLAKY = 3;
    private static final double FLAKY_SHARE = 0.03;
    private static final long FAST_MS = 3;
    private static final long SLOW_MS = 40;
    private static final Duration WELL = Duration.ofSeconds(50);
    private static final Duration UNWELL = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final int number;
    private final SplittableRandom random;
    private final HttpServer server;
    private boolean unwell;

    private DemoReplica(Vertx vertx, int number) {
        this.vertx = vertx;
        this.number = number;
        this.random = new SplittableRandom(number);
        this.server = vertx.createHttpServer().requestHandler(this::answer);
    }

    /** Starts so many on loopback. */
    static List<DemoReplica> start(Vertx vertx, int count) throws Exception {
        List<DemoReplica> replicas = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            DemoReplica replica = new DemoReplica(vertx, number);
            Service.await(replica.server.listen(0, "127.0.0.1"));
            if (number == FLAKY) {
                replica.feelWell();
            }
            replicas.add(replica);
        }
        return replicas;
    }

    String name() {
        return "app-" + number;
    }

    String address() {
        return "127.0.0.1:" + server.actualPort();
    }

    private void feelWell() {
        unwell = false;
        vertx.setTimer(WELL.toMillis(), id -> {
            unwell = true;
            vertx.setTimer(UNWELL.toMillis(), again -> feelWell());
        });
    }

    private void answer(HttpServerRequest request) {
        if (request.path().equals("/health")) {
            request.response().setStatusCode(unwell ? 503 : 200).end(unwell ? "unwell\n" : "well\n");
            return;
        }
        if (unwell) {
            request.response().setStatusCode(503).end("unwell\n");
            return;
        }
        boolean fails = number == FLAKY && random.nextDouble() < FLAKY_SHARE;
        long base = number == SLOW ? SLOW_MS : FAST_MS;
        long delay = base + (long) (random.nextExponential() * base / 2);
        vertx.setTimer(
                delay,
                id -> request.response()
                        .setStatusCode(fails ? 500 : 200)
                        .putHeader("Content-Type", "text/plain")
                        .end(fails ? "something broke in " + name() + "\n" : "hello from " + name() + "\n"));
    }
}
