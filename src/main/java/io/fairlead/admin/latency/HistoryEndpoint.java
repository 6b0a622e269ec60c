package io.fairlead.admin.latency;

import io.fairlead.admin.http.Answers;
import io.fairlead.admin.http.Problem;
import io.fairlead.admin.program.Program;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/history}: how all members' latencies went over an hour or a day. Rendered when somebody asks, at most once in
 * ten seconds, on a worker; whoever asks meanwhile gets the same.
 *
 * <p>Control context only.
 */
public final class HistoryEndpoint implements Handler<RoutingContext> {
    private static final Duration FRESH = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Program program;
    private final Stats stats;
    private final InstantSource clock;
    private final Map<Reach, Shelf> shelves = new EnumMap<>(Reach.class);

    /** What was rendered last, or is being rendered. */
    private static final class Shelf {
        private final PoolsHistory history;
        private Instant since = Instant.MIN;
        private @Nullable Future<Buffer> document;

        private Shelf(PoolsHistory history) {
            this.history = history;
        }
    }

    /** Of this program, decoding on the workers of this Vert.x. */
    public HistoryEndpoint(Vertx vertx, Program program, Stats stats, InstantSource clock) {
        this.vertx = vertx;
        this.program = program;
        this.stats = stats;
        this.clock = clock;
    }

    @Override
    public void handle(RoutingContext exchange) {
        try {
            Reach reach = Reach.of(exchange.queryParams().get("window"));
            Shelf shelf = shelves.computeIfAbsent(reach, any -> new Shelf(new PoolsHistory(reach)));
            document(shelf).onComplete(body -> Answers.json(exchange, body), exchange::fail);
        } catch (IllegalArgumentException e) {
            new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
        }
    }

    private Future<Buffer> document(Shelf shelf) {
        Instant now = clock.instant();
        Future<Buffer> present = shelf.document;
        if (present != null && (!present.isComplete() || now.isBefore(shelf.since.plus(FRESH)))) {
            return present;
        }
        PoolsHistory.Gathered gathered = shelf.history.gather(now, program.pools(), stats);
        Future<Buffer> next = vertx.executeBlocking(() -> shelf.history.render(gathered), false);
        shelf.since = now;
        shelf.document = next;
        return next;
    }
}
