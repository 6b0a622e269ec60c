package io.fairlead.admin;

import io.fairlead.admin.guard.Problem;
import io.fairlead.admin.latency.HistogramLog;
import io.fairlead.admin.latency.MemberHistory;
import io.fairlead.admin.latency.MemberLatency;
import io.fairlead.admin.latency.Windows;
import io.fairlead.stats.Interval;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

/**
 * {@code GET .../latency}: the distribution of a member's latencies over a window, or a histogram log of it for who accepts
 * {@code text/plain}. {@code GET .../history}: how they went over time. Decoding what was kept is left to a worker.
 *
 * <p>Control context only.
 */
final class LatencyEndpoint {
    private final Vertx vertx;
    private final StatusBoard board;

    LatencyEndpoint(Vertx vertx, StatusBoard board) {
        this.vertx = vertx;
        this.board = board;
    }

    void latency(RoutingContext exchange) {
        Answers.member(exchange, board.program())
                .ifPresent(path -> orSay(exchange, () -> {
                    Duration window = Windows.any(exchange.queryParams().get("window"));
                    MemberLatency latency =
                            MemberLatency.gather(path, board.clock().instant(), window, board.stats());
                    if (Answers.preferred(exchange, "application/json", "text/plain")
                            .equals("text/plain")) {
                        String file = HistogramLog.fileName(
                                path.pool().name(), path.member().id());
                        onWorker(
                                exchange,
                                latency::log,
                                text -> exchange.response()
                                        .putHeader("content-type", HistogramLog.TYPE)
                                        .putHeader("content-disposition", "attachment; filename=\"" + file + "\"")
                                        .end(text));
                    } else {
                        onWorker(exchange, latency::document, (JsonObject body) -> Answers.json(exchange, body));
                    }
                }));
    }

    void history(RoutingContext exchange) {
        Answers.member(exchange, board.program())
                .ifPresent(path -> orSay(exchange, () -> {
                    boolean day = Windows.isDay(exchange.queryParams().get("window"));
                    MemberHistory history = new MemberHistory(board.clock().instant(), day);
                    List<Interval> intervals =
                            board.stats().history(path.member(), history.reach(), history.resolution());
                    onWorker(
                            exchange,
                            () -> history.render(intervals),
                            (JsonObject body) -> Answers.json(exchange, body));
                }));
    }

    private static void orSay(RoutingContext exchange, Runnable task) {
        try {
            task.run();
        } catch (IllegalArgumentException e) {
            new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
        }
    }

    private <T> void onWorker(RoutingContext exchange, Callable<T> work, Consumer<T> answer) {
        vertx.executeBlocking(work, false).onComplete(answer::accept, exchange::fail);
    }
}
