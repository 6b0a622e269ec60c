package io.fairlead;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * App instances by name, each on a port of its own. An answer is the name; {@code /held} is answered when the test says so, {@code
 * /health} as the test says, {@code /download} with {@link #DOWNLOAD}.
 */
final class Apps implements AutoCloseable {
    /** More than sockets hold on their way, so that a client that does not read keeps it from ending. */
    static final Buffer DOWNLOAD = Buffer.buffer("0123456789abcdef".repeat(1 << 19));

    private final Vertx vertx = Vertx.vertx();
    private final Map<String, HttpServer> servers = new LinkedHashMap<>();
    private final Map<String, Integer> health = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final Map<String, Integer> probes = new ConcurrentHashMap<>();
    private final CountDownLatch held = new CountDownLatch(1);
    private final Promise<Void> release = Promise.promise();

    Apps(String... names) throws Exception {
        for (String name : names) {
            servers.put(
                    name,
                    await(vertx.createHttpServer()
                            .requestHandler(request -> answer(name, request))
                            .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage))
                            .listen(0, "127.0.0.1")));
        }
    }

    private void answer(String name, HttpServerRequest request) {
        if (request.path().equals("/health")) {
            probes.merge(name, 1, Integer::sum);
            request.response().setStatusCode(health.getOrDefault(name, 200)).end();
        } else if (request.path().equals("/held")) {
            held.countDown();
            release.future().onComplete(released -> request.response().end(name));
        } else if (request.path().equals("/download")) {
            counts.merge(name, 1, Integer::sum);
            request.response().end(DOWNLOAD);
        } else {
            counts.merge(name, 1, Integer::sum);
            request.response().setStatusCode(statuses.getOrDefault(name, 200)).end(name);
        }
    }

    /** As a configuration has it. */
    String address(String name) {
        HttpServer server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException(name);
        }
        return "127.0.0.1:" + server.actualPort();
    }

    /** What its health check is answered. */
    void health(String name, int status) {
        health.put(name, status);
    }

    /** What all else is answered. */
    void status(String name, int status) {
        statuses.put(name, status);
    }

    /** How many requests it answered, probes and held ones apart. */
    int count(String name) {
        return counts.getOrDefault(name, 0);
    }

    /** How many probes it answered. */
    int probes(String name) {
        return probes.getOrDefault(name, 0);
    }

    /** Waits until a held request is there. */
    void awaitHeld() throws InterruptedException {
        if (!held.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("no request is held");
        }
    }

    /** Answers all that is held, now and later. */
    void release() {
        release.tryComplete();
    }

    @Override
    public void close() throws Exception {
        release();
        await(vertx.close());
    }

    static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
