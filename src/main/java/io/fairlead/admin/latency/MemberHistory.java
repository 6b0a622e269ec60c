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
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private final Instant at;
    private final boolean day;
    private final Columns columns;

    /** Of the hour, or of the day, that ends now. */
    MemberHistory(Instant at, boolean day) {
        this.at = at;
        this.day = day;
        Duration step = day ? Duration.ofMinutes(1) : Duration.ofSeconds(10);
        this.columns = Columns.endingAt(at, step, (int) (window().toSeconds() / step.toSeconds()));
    }

    private Duration window() {
        return day ? DAY : HOUR;
    }

    /** How long the intervals that it takes are. */
    Resolution resolution() {
        return day ? Resolution.MINUTE : Resolution.TEN_SECONDS;
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
                .put("window", day ? "24h" : "1h")
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
