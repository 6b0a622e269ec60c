package io.fairlead.admin.latency;

import io.fairlead.admin.http.Answers;
import io.fairlead.admin.http.Problem;
import io.fairlead.admin.program.Program;
import io.fairlead.stats.Interval;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.InstantSource;
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
public final class LatencyEndpoint {
    private final Vertx vertx;
    private final Program program;
    private final Stats stats;
    private final InstantSource clock;

    /** Of this program, decoding on the workers of this Vert.x. */
    public LatencyEndpoint(Vertx vertx, Program program, Stats stats, InstantSource clock) {
        this.vertx = vertx;
        this.program = program;
        this.stats = stats;
        this.clock = clock;
    }

    /** Answers with it. */
    public void latency(RoutingContext exchange) {
        Answers.member(exchange, program)
                .ifPresent(path -> orSay(exchange, () -> {
                    Duration window = Windows.any(exchange.queryParams().get("window"));
                    MemberLatency latency = MemberLatency.gather(path, clock.instant(), window, stats);
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

    /** Answers with it. */
    public void history(RoutingContext exchange) {
        Answers.member(exchange, program)
                .ifPresent(path -> orSay(exchange, () -> {
                    Reach reach = Reach.of(exchange.queryParams().get("window"));
                    MemberHistory history = new MemberHistory(clock.instant(), reach);
                    List<Interval> intervals = stats.history(path.member(), history.reach(), history.resolution());
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
