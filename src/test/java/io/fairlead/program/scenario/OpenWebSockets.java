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

/** WebSockets that are to stay open, at a server that sends back what comes; each says something twice a second. */
final class OpenWebSockets implements AutoCloseable {
    private static final long PERIOD_MS = 500;
    private static final long PATIENCE_SECONDS = 30;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final long begin = System.nanoTime();
    private final WebSocketClient client; // closes what it opened when nobody refers to it any more
    private final List<Talk> talks = new ArrayList<>();

    /**
     * How they fared.
     *
     * @param cut when and how each that was cut was cut
     * @param echoes how often they were answered
     */
    record Seen(List<String> cut, int echoes) {
        Seen {
            cut = List.copyOf(cut);
        }
    }

    /** Opens so many, and waits until each is open and was answered. */
    OpenWebSockets(int port, int count) throws Exception {
        client = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(count));
        for (int i = 0; i < count; i++) {
            talks.add(new Talk(await(client.connect(port, "127.0.0.1", "/"))));
        }
        seen();
    }

    /** Has each say one thing more, and waits until all that are open were answered. */
    Seen seen() throws Exception {
        await(Future.join(talks.stream().map(Talk::sayOneThingMore).toList()).otherwiseEmpty());
        List<String> cut = new ArrayList<>();
        int echoes = 0;
        for (Talk talk : talks) {
            synchronized (talk) {
                echoes += talk.echoes;
                if (talk.end != null) {
                    cut.add(talk.end);
                }
            }
        }
        return new Seen(cut, echoes);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(vertx.close());
    }

    /** One of them. Guarded by itself. */
    private final class Talk {
        private final WebSocket socket;
        private Promise<Void> next = Promise.promise();
        private int echoes;
        private @org.jspecify.annotations.Nullable String end;

        Talk(WebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(text -> answered());
            socket.closeHandler(closed -> ended());
            vertx.setPeriodic(PERIOD_MS, id -> socket.writeTextMessage("still there?"));
        }

        private synchronized void answered() {
            echoes++;
            next.tryComplete();
        }

        private synchronized void ended() {
            long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            end = "after " + ms + " ms and " + echoes + " echoes: " + socket.closeStatusCode();
            next.tryFail(end);
        }

        synchronized Future<Void> sayOneThingMore() {
            if (end != null) {
                return Future.failedFuture(end);
            }
            next = Promise.promise();
            socket.writeTextMessage("and now?");
            return next.future();
        }
    }
}
