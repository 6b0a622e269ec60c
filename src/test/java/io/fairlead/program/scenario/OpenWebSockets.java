package io.fairlead.program.scenario;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** WebSockets that are to stay open, at a server that sends back what comes; each says something twice a second. */
final class OpenWebSockets implements AutoCloseable {
    private static final long PERIOD_MS = 500;
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final List<WebSocket> sockets = new ArrayList<>();
    // The loop writes, any thread reads.
    private final AtomicInteger cut = new AtomicInteger();
    private final AtomicInteger echoes = new AtomicInteger();

    /** Opens so many, and waits until each is open and was answered. */
    OpenWebSockets(int port, int count) throws Exception {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(count));
        for (int i = 0; i < count; i++) {
            WebSocket socket = await(client.connect(port, "127.0.0.1", "/"));
            socket.closeHandler(closed -> cut.incrementAndGet());
            socket.textMessageHandler(text -> echoes.incrementAndGet());
            sockets.add(socket);
            vertx.setPeriodic(PERIOD_MS, id -> socket.writeTextMessage("still there?"));
        }
        awaitEchoes();
    }

    /** Has each say one thing more, and waits until all that are open were answered; how many are cut. */
    int awaitEchoes() throws Exception {
        List<Future<Void>> answered = new ArrayList<>();
        for (WebSocket socket : sockets) {
            Promise<Void> promise = Promise.promise();
            answered.add(promise.future());
            socket.textMessageHandler(text -> {
                echoes.incrementAndGet();
                promise.tryComplete();
            });
            socket.writeTextMessage("and now?").onFailure(failure -> promise.tryComplete());
        }
        await(Future.join(answered));
        return cut.get();
    }

    /** How often they were answered so far. */
    int echoes() {
        return echoes.get();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }
}
