package io.fairlead.admin.latency;

import static io.fairlead.admin.document.Figures.time;

import io.fairlead.stats.Interval;
import io.fairlead.stats.Resolution;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;

/** Renders how one member's latencies went over an hour or a day: lines of percentiles, and a heat map. Any thread. */
final class MemberHistory {
    private final Instant at;
    private final Reach reach;
    private final Columns columns;

    /** Of the hour, or of the day, that ends now. */
    MemberHistory(Instant at, Reach reach) {
        this.at = at;
        this.reach = reach;
        this.columns = reach.columns(at, reach.resolution().step());
    }

    /** How long the intervals that it takes are. */
    Resolution resolution() {
        return reach.resolution();
    }

    /** How far back they are to go. */
    Duration reach() {
        return columns.sinceFirst(at);
    }

    /** The document of these intervals. */
    JsonObject render(List<Interval> intervals) {
        SortedMap<Integer, Histogram> merged = columns.merge(intervals);
        return new JsonObject()
                .put("at", time(at))
                .put("window", reach.word())
                .put("step_seconds", columns.step().toSeconds())
                .put("from", time(columns.from()))
                .put("count", columns.values(merged, Histogram::getTotalCount))
                .put("p50", columns.values(merged, each -> Percentiles.at(each, 50)))
                .put("p90", columns.values(merged, each -> Percentiles.at(each, 90)))
                .put("p99", columns.values(merged, each -> Percentiles.at(each, 99)))
                .put("p999", columns.values(merged, each -> Percentiles.at(each, 99.9)))
                .put("max", columns.values(merged, Percentiles::max))
                .put("heat", HeatMap.of(merged));
    }
}
