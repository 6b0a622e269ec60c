package io.fairlead.admin.metrics;

import io.fairlead.admin.http.Answers;
import io.fairlead.admin.program.Program;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;

/**
 * {@code GET /metrics}: for Prometheus, in the text format that the request would rather have. The text is made on a worker. Control
 * context only.
 */
public final class MetricsEndpoint implements Handler<RoutingContext> {
    private final Vertx vertx;
    private final Program program;
    private final Stats stats;

    /** Of this program, writing on the workers of this Vert.x. */
    public MetricsEndpoint(Vertx vertx, Program program, Stats stats) {
        this.vertx = vertx;
        this.program = program;
        this.stats = stats;
    }

    @Override
    public void handle(RoutingContext exchange) {
        String wanted =
                Answers.preferred(exchange, Exposition.PROMETHEUS.mediaType(), Exposition.OPEN_METRICS.mediaType());
        Exposition format =
                wanted.equals(Exposition.OPEN_METRICS.mediaType()) ? Exposition.OPEN_METRICS : Exposition.PROMETHEUS;
        Metrics metrics = Metrics.gather(program, stats.snapshot());
        vertx.executeBlocking(() -> metrics.text(format), false)
                .onComplete(
                        text -> exchange.response()
                                .putHeader("content-type", format.contentType())
                                .end(text),
                        exchange::fail);
    }
}
