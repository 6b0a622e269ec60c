package io.fairlead.admin;

import io.fairlead.admin.metrics.Exposition;
import io.fairlead.admin.metrics.Metrics;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** {@code GET /metrics}: for Prometheus, in the text format that the request would rather have. Control context only. */
final class MetricsEndpoint implements Handler<RoutingContext> {
    private final StatusBoard board;

    MetricsEndpoint(StatusBoard board) {
        this.board = board;
    }

    @Override
    public void handle(RoutingContext exchange) {
        String wanted =
                Answers.preferred(exchange, Exposition.PROMETHEUS.mediaType(), Exposition.OPEN_METRICS.mediaType());
        Exposition format =
                wanted.equals(Exposition.OPEN_METRICS.mediaType()) ? Exposition.OPEN_METRICS : Exposition.PROMETHEUS;
        exchange.response()
                .putHeader("content-type", format.contentType())
                .end(Metrics.text(board.program(), board.stats().snapshot(), format));
    }
}
