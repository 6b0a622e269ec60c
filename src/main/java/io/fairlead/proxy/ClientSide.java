package io.fairlead.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of an exchange: whether a body is to come, how much of it came, and what becomes of the connection.
 *
 * <p>Confined to its exchange.
 */
final class ClientSide {
    /** How long the rest of a request is read after it was answered. */
    static final Duration LINGER = Duration.ofSeconds(2);

    private static final long LINGER_BYTES = 1 << 20;

    private final Loop loop;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ClientConnection client;
    private final long number;
    private final long declared;
    private final long limit;
    private final boolean chunked;
    private long received;
    private boolean touched;
    private boolean requestEnded;
    private boolean closes;
    private Future<Void> written = Future.succeededFuture();

    ClientSide(Loop loop, HttpServerRequest request, ClientConnection client) {
        this.loop = loop;
        this.request = request;
        this.response = request.response();
        this.client = client;
        this.number = client.exchangeBegan();
        this.limit = loop.settings().maxBodySize().bytes();
        this.chunked = request.headers().contains("Transfer-Encoding");
        this.declared = declared(request.getHeader("Content-Length"));
        this.requestEnded = !chunked && declared == 0;
    }

    private static long declared(@Nullable String length) {
        try {
            return length == null ? 0 : Long.parseLong(length);
        } catch (NumberFormatException e) {
            return 0; // the rules refuse it
        }
    }

    /** Nothing of the body is read until somebody wants it. */
    void hold() {
        if (!requestEnded) {
            request.pause();
        }
    }

    /** Whether all of the request is here. */
    boolean isRequestEnded() {
        return requestEnded;
    }

    /** Whether a part of the body was read, so that the request cannot be sent again. */
    boolean isBodyTouched() {
        return touched;
    }

    /** Whether the body comes in chunks of an unknown sum. */
    boolean isChunked() {
        return chunked;
    }

    /** Whether the body is longer than the listener allowed when its request began, as declared or as received so far. */
    boolean isTooLong() {
        return limit > 0 && Math.max(declared, received) > limit;
    }

    /** Whether the client understands interim answers and chunks. */
    boolean isHttp11() {
        return request.version() != HttpVersion.HTTP_1_0;
    }

    /** Hands the body on as it comes. */
    void readBody(Consumer<Buffer> onChunk, Runnable onEnd) {
        request.handler(chunk -> {
            touched = true;
            received += chunk.length();
            onChunk.accept(chunk);
        });
        request.endHandler(v -> {
            requestEnded = true;
            onEnd.run();
        });
        request.resume();
    }

    /** The trailers of the request; null if there are none. Only after its end. */
    @Nullable
    HttpHeaders takeTrailers() {
        return client.takeTrailers(number);
    }

    /**
     * Whether the answer must be the last one on the connection, because the listener drains. One that another request waits behind
     * need not be: that one is answered, too.
     */
    boolean isLastOfDrain() {
        return loop.isDraining() && !client.hasRequestBehind(number);
    }

    /** The answer says that the connection closes, and it will be. */
    void announceClose() {
        closes = true;
        if (isHttp11()) {
            response.headers().set("Connection", "close");
        } else {
            // Vert.x promises HTTP/1.0 clients keep-alive if they ask for it, and chunks; this is the last word.
            response.headersEndHandler(
                    v -> response.headers().set("Connection", "close").remove("Transfer-Encoding"));
        }
    }

    /** Reads and drops what is left, up to a limit over which the connection is closed. */
    void dropRest(Runnable onEnd) {
        long most = received + LINGER_BYTES;
        request.handler(chunk -> {
            received += chunk.length();
            if (received > most) {
                client.close();
            }
        });
        request.endHandler(v -> {
            requestEnded = true;
            onEnd.run();
        });
        request.resume();
    }

    /** Ends the answer with these last bytes of it. */
    void endAnswer(Buffer last) {
        written = response.end(last);
    }

    /** Runs this once all of the answer is handed to the system, or cannot be: mostly at once. */
    void whenWritten(Runnable task) {
        if (written.isComplete()) {
            task.run();
        } else {
            written.onComplete(v -> task.run());
        }
    }

    /** Closes the connection if the answer said so, once all of it is written. */
    void closeIfAnnounced() {
        if (closes) {
            written.onComplete(v -> client.close());
        }
    }
}
