package io.fairlead.admin.latency;

import static io.fairlead.admin.document.Figures.time;

import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Resolution;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * Renders how the latencies of all members went over an hour or a day, in a few dozen cells each. What is over does not change: the
 * numbers of a cell that has ended are reckoned once and kept, so that a day of thousands of members is decoded once and not at
 * each look.
 *
 * <p>{@link #gather} is for the control context, {@link #render} for any thread; never two of them at a time.
 */
final class PoolsHistory {
    /** An interval may be handed over that long after its end. */
    private static final Duration LATE = Duration.ofMinutes(2);

    private final Reach reach;
    private final Duration step;
    private final Map<Member, TreeMap<Instant, Cell>> known = new HashMap<>();

    /** What is shown of one cell. */
    private record Cell(long count, double p50, double p99, double max) {
        static Cell of(Histogram histogram) {
            return new Cell(
                    histogram.getTotalCount(),
                    Percentiles.at(histogram, 50),
                    Percentiles.at(histogram, 99),
                    Percentiles.max(histogram));
        }
    }

    /** One member, and what was recorded of it since the cells that are known. */
    private record News(Member member, List<Interval> intervals) {}

    /** All that one rendering needs. */
    static final class Gathered {
        private final Instant at;
        private final Columns columns;
        private final Map<String, List<News>> pools = new LinkedHashMap<>();

        private Gathered(Instant at, Columns columns) {
            this.at = at;
            this.columns = columns;
        }
    }

    /** That goes so far back. */
    PoolsHistory(Reach reach) {
        this.reach = reach;
        this.step = reach.cell();
    }

    /** Takes what is new since the last time. */
    Gathered gather(Instant at, List<Pool> pools, Stats stats) {
        Gathered gathered = new Gathered(at, reach.columns(at, step));
        known.keySet()
                .retainAll(
                        pools.stream().flatMap(pool -> pool.members().stream()).collect(Collectors.toSet()));
        for (Pool pool : pools) {
            List<News> news = new ArrayList<>();
            for (Member member : pool.members()) {
                news.add(new News(member, stats.history(member, missing(member, gathered), Resolution.MINUTE)));
            }
            gathered.pools.put(pool.name(), news);
        }
        return gathered;
    }

    /** How far back it has to be looked for the cells that are not known. */
    private Duration missing(Member member, Gathered gathered) {
        TreeMap<Instant, Cell> present = known.get(member);
        if (present != null) {
            present.tailMap(gathered.at).clear(); // the clock was set back
        }
        Instant from = present == null || present.isEmpty()
                ? gathered.columns.from()
                : present.lastKey().plus(step);
        return Duration.between(from.isBefore(gathered.columns.from()) ? gathered.columns.from() : from, gathered.at);
    }

    /** The document, encoded. */
    Buffer render(Gathered gathered) {
        JsonArray pools = new JsonArray();
        gathered.pools.forEach((name, all) -> {
            JsonArray members = new JsonArray();
            all.forEach(news -> members.add(member(news, gathered)));
            pools.add(new JsonObject().put("name", name).put("members", members));
        });
        return new JsonObject()
                .put("at", time(gathered.at))
                .put("window", reach.word())
                .put("step_seconds", step.toSeconds())
                .put("from", time(gathered.columns.from()))
                .put("pools", pools)
                .toBuffer();
    }

    private JsonObject member(News news, Gathered gathered) {
        Columns columns = gathered.columns;
        TreeMap<Instant, Cell> kept = known.computeIfAbsent(news.member, any -> new TreeMap<>());
        kept.headMap(columns.from()).clear();
        SortedMap<Integer, Cell> shown = new TreeMap<>();
        kept.forEach((from, cell) -> shown.put(index(columns, from), cell));
        Instant over = gathered.at.minus(step).minus(LATE);
        columns.merge(news.intervals).forEach((column, histogram) -> {
            Cell cell = Cell.of(histogram);
            Instant from = columns.from().plus(step.multipliedBy(column));
            shown.put(column, cell);
            if (!from.isAfter(over)) {
                kept.put(from, cell);
            }
        });
        return new JsonObject()
                .put("id", news.member.id())
                .put("count", columns.values(shown, Cell::count))
                .put("p50", columns.values(shown, Cell::p50))
                .put("p99", columns.values(shown, Cell::p99))
                .put("max", columns.values(shown, Cell::max));
    }

    private int index(Columns columns, Instant from) {
        return (int) (Duration.between(columns.from(), from).toMillis() / step.toMillis());
    }
}
