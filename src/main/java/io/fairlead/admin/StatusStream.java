package io.fairlead.admin;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The status document as server-sent events: the present one at once, then each as it is published. Each event is the
 * whole truth, so one that a reader has no room for is left out rather than kept for later. A reader that takes nothing at
 * all is closed by the server's idle time-out.
 *
 * <p>Control context only.
 */
final class StatusStream implements Handler<RoutingContext> {
    /** How long a browser waits before it connects again. */
    private static final String RETRY = "retry: 1000\n\n";

    private final StatusBoard board;
    private final Runnable unsubscribe;
    private final Set<HttpServerResponse> readers = new HashSet<>();

    StatusStream(StatusBoard board) {
        this.board = board;
        this.unsubscribe = board.onPublish(this::send);
    }

    @Override
    public void handle(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        response.putHeader("content-type", "text/event-stream");
        if (exchange.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        response.setChunked(true);
        response.exceptionHandler(broken -> readers.remove(response));
        response.closeHandler(closed -> readers.remove(response));
        readers.add(response);
        response.write(Buffer.buffer(RETRY).appendBuffer(event(board.current())));
    }

    private void send() {
        if (readers.isEmpty()) {
            return;
        }
        Buffer event = event(board.current());
        for (HttpServerResponse reader : List.copyOf(readers)) {
            if (!reader.writeQueueFull()) {
                reader.write(event);
            }
        }
    }

    /** How many read. */
    int readers() {
        return readers.size();
    }

    /** Ends all streams. */
    void close() {
        unsubscribe.run();
        for (HttpServerResponse reader : List.copyOf(readers)) {
            readers.remove(reader);
            reader.end();
        }
    }

    private static Buffer event(StatusBoard.Status status) {
        return Buffer.buffer("data: ").appendBuffer(status.encoded()).appendString("\n\n");
    }
}
