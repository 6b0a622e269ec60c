package io.fairlead.admin.events;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Events as server-sent events: those that a reader has not seen, oldest first, then each as it happens. A reader is a place
 * in the log and nothing is kept for it, so that one which takes nothing costs nothing; what the log forgets before it comes to it
 * is told as a gap. One that takes nothing at all is closed by the server's idle time-out.
 *
 * <p>Control context only.
 */
public final class EventStream {
    /** How long a browser waits before it connects again. */
    private static final String RETRY = "retry: 1000\n\n";
    /** Keeps a quiet stream from being closed as idle. */
    private static final String HEARTBEAT = ":\n\n";

    private static final long HEARTBEAT_MS = 15_000;

    private final Vertx vertx;
    private final EventLog log;
    private final Set<Reader> readers = new LinkedHashSet<>();
    private final long heartbeat;
    private final Runnable unsubscribe;

    /** A stream that nobody reads yet. */
    public EventStream(Vertx vertx, EventLog log) {
        this.vertx = vertx;
        this.log = log;
        this.heartbeat =
                vertx.setPeriodic(HEARTBEAT_MS, id -> List.copyOf(readers).forEach(Reader::beat));
        this.unsubscribe = log.onEvent(event -> List.copyOf(readers).forEach(Reader::send));
    }

    /** Begins with the first event after this number; its head is not sent yet. */
    public void open(HttpServerResponse response, EventFilter filter, long after) {
        Reader reader = new Reader(response, filter, after);
        response.putHeader("content-type", "text/event-stream").setChunked(true);
        response.exceptionHandler(broken -> readers.remove(reader));
        response.closeHandler(closed -> readers.remove(reader));
        response.drainHandler(drained -> reader.send());
        readers.add(reader);
        response.write(RETRY);
        reader.send();
    }

    /** How many read. */
    public int readers() {
        return readers.size();
    }

    /** Ends all. */
    public void close() {
        vertx.cancelTimer(heartbeat);
        unsubscribe.run();
        for (Reader reader : List.copyOf(readers)) {
            readers.remove(reader);
            reader.response.end();
        }
    }

    private final class Reader {
        private final HttpServerResponse response;
        private final EventFilter filter;
        private long seen;

        Reader(HttpServerResponse response, EventFilter filter, long seen) {
            this.response = response;
            this.filter = filter;
            this.seen = seen;
        }

        /** Sends what it has not seen, as long as it takes it. */
        void send() {
            while (readers.contains(this) && !response.writeQueueFull()) {
                Event next = log.after(seen).orElse(null);
                if (next == null) {
                    return;
                }
                long missed = log.forgottenAfter(seen);
                if (missed > 0) {
                    response.write("event: gap\ndata: {\"missed\":" + missed + "}\n\n");
                }
                seen = next.id();
                if (filter.wants(next)) {
                    response.write(encoded(next));
                }
            }
        }

        void beat() {
            if (!response.writeQueueFull()) {
                response.write(HEARTBEAT);
            }
        }
    }

    private static Buffer encoded(Event event) {
        return Buffer.buffer("id: " + event.id() + "\ndata: ")
                .appendBuffer(event.toJson().toBuffer())
                .appendString("\n\n");
    }
}
