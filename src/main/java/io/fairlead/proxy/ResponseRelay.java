package io.fairlead.proxy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * Hands a member's answer on to the client, no faster than the client takes it. What arrives in one turn of the event loop
 * goes out in one write: a small answer is one packet, and nothing waits for what may come later.
 *
 * <p>Confined to its exchange.
 */
final class ResponseRelay {
    private static final Buffer NOTHING = Buffer.buffer(0);

    private final Exchange exchange;
    private final Attempt attempt;
    private final HttpClientResponse answer;
    private final HttpServerResponse response;
    private final boolean bodyless;
    private @Nullable Buffer held;
    private boolean holding = true;
    private boolean paused;

    ResponseRelay(Exchange exchange, Attempt attempt, HttpClientResponse answer) {
        this.exchange = exchange;
        this.attempt = attempt;
        this.answer = answer;
        this.response = exchange.request().response();
        int status = answer.statusCode();
        this.bodyless = exchange.request().method().equals(HttpMethod.HEAD) || status == 204 || status == 304;
    }

    /** Begins with the head. */
    void start() {
        answer.exceptionHandler(attempt::broken);
        answer.handler(chunk -> attempt.guarded(() -> take(chunk)));
        answer.endHandler(v -> attempt.guarded(this::end));
        setHead();
        Vertx.currentContext().runOnContext(v -> attempt.guarded(this::release));
    }

    /** Whether nothing moves because the client does not read. */
    boolean isHeldByClient() {
        return paused;
    }

    private void setHead() {
        int status = answer.statusCode();
        response.setStatusCode(status);
        String message = answer.statusMessage();
        if (status != 304 && !HttpResponseStatus.valueOf(status).reasonPhrase().equals(message)) {
            response.setStatusMessage(message);
        }
        HopByHop.copyResponse(answer.headers(), response.headers());
        exchange.bindSession(attempt.member(), response.headers());
        if (!bodyless && !answer.headers().contains("Content-Length")) {
            if (exchange.clientSide().isHttp11()) {
                response.setChunked(true);
            } else {
                exchange.clientSide().announceClose(); // the end of the body is the end of the connection
            }
        }
        if (exchange.clientSide().isLastOfDrain()) {
            exchange.clientSide().announceClose();
        }
    }

    private void take(Buffer chunk) {
        if (attempt.isOver()) {
            return;
        }
        exchange.timer().touch();
        attempt.lease().addBytesReceived(chunk.length());
        if (holding) {
            held = held == null ? chunk : held.appendBuffer(chunk);
            return;
        }
        write(chunk);
    }

    private void write(Buffer chunk) {
        response.write(chunk);
        if (response.writeQueueFull()) {
            paused = true;
            answer.pause();
            response.drainHandler(v -> {
                paused = false;
                exchange.timer().touch();
                answer.resume();
            });
        }
    }

    /** The turn in which the head came is over. */
    private void release() {
        if (attempt.isOver() || !holding) {
            return;
        }
        holding = false;
        Buffer first = held;
        held = null;
        if (first != null) {
            write(first);
        } else if (!bodyless) {
            response.writeHead();
        }
    }

    private void end() {
        if (attempt.isOver()) {
            return;
        }
        holding = false;
        MultiMap trailers = answer.trailers();
        if (!trailers.isEmpty() && response.isChunked()) {
            HopByHop.copyResponse(trailers, response.trailers());
        }
        Buffer last = held == null ? NOTHING : held;
        held = null;
        exchange.clientSide().endAnswer(last);
        attempt.completed();
    }
}
