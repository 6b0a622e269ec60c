package io.fairlead.admin;

import io.fairlead.admin.metrics.Exposition;
import io.fairlead.admin.metrics.Metrics;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code GET /metrics}: for Prometheus, in the text format that the request would rather have. The text is made on a worker. Control
 * context only.
 */
final class MetricsEndpoint implements Handler<RoutingContext> {
    private final Vertx vertx;
    private final StatusBoard board;

    MetricsEndpoint(Vertx vertx, StatusBoard board) {
        this.vertx = vertx;
        this.board = board;
    }

    @Override
    public void handle(RoutingContext exchange) {
        String wanted =
                Answers.preferred(exchange, Exposition.PROMETHEUS.mediaType(), Exposition.OPEN_METRICS.mediaType());
        Exposition format =
                wanted.equals(Exposition.OPEN_METRICS.mediaType()) ? Exposition.OPEN_METRICS : Exposition.PROMETHEUS;
        Metrics metrics = Metrics.gather(board.program(), board.stats().snapshot());
        vertx.executeBlocking(() -> metrics.text(format), false)
                .onComplete(
                        text -> exchange.response()
                                .putHeader("content-type", format.contentType())
                                .end(text),
                        exchange::fail);
    }
}
