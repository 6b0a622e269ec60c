package io.fairlead.proxy;

import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;

/**
 * Pumps a request's body to the member as it comes, and no faster than the member takes it.
 *
 * <p>Confined to its exchange.
 */
final class RequestRelay {
    private final Exchange exchange;
    private final Attempt attempt;
    private final HttpServerRequest request;
    private final HttpClientRequest to;
    private boolean headSent;

    RequestRelay(Exchange exchange, Attempt attempt, HttpClientRequest to) {
        this.exchange = exchange;
        this.attempt = attempt;
        this.request = exchange.request();
        this.to = to;
    }

    /** Begins; what has come already goes out together with the head. */
    void start() {
        exchange.clientSide().readBody(chunk -> attempt.guarded(() -> send(chunk)), () -> attempt.guarded(this::end));
        if (!headSent && !attempt.isOver()) {
            headSent = true;
            to.writeHead();
        }
    }

    private void send(Buffer chunk) {
        if (attempt.isOver()) {
            return;
        }
        if (exchange.clientSide().isTooLong()) {
            attempt.fail(Failure.abandoned(Why.TOO_LARGE, "The request's body is over the limit."));
            return;
        }
        exchange.timer().touch();
        attempt.lease().addBytesSent(chunk.length());
        headSent = true;
        to.write(chunk);
        if (to.writeQueueFull()) {
            request.pause();
            to.drainHandler(v -> {
                exchange.timer().touch();
                request.resume();
            });
        }
    }

    private void end() {
        if (attempt.isOver()) {
            return;
        }
        HttpHeaders trailers = exchange.clientSide().takeTrailers();
        if (trailers != null && exchange.clientSide().isChunked()) {
            trailers.names().stream()
                    .filter(name -> !HopByHop.isForMembers(name))
                    .toList()
                    .forEach(trailers::remove);
            MemberCodec.sendTrailers(to.connection(), trailers);
        }
        headSent = true;
        to.end();
        attempt.requestDone();
    }
}
