package io.fairlead.admin.latency;

import io.fairlead.stats.Histograms;
import io.fairlead.stats.Interval;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * Cuts a stretch of time that ends now into columns of equal length on the grid of the clock, and merges what was recorded in each.
 * Immutable; any thread.
 *
 * @param from where the first begins
 * @param step the length of one, whole seconds
 * @param number how many there are; the last holds the present and is not over
 */
record Columns(Instant from, Duration step, int number) {
    static Columns endingAt(Instant at, Duration step, int number) {
        long seconds = step.toSeconds();
        long last = Math.floorDiv(at.getEpochSecond(), seconds) * seconds;
        return new Columns(Instant.ofEpochSecond(last - (number - 1) * seconds), step, number);
    }

    /** How long it is since the first began. */
    Duration sinceFirst(Instant at) {
        return Duration.between(from, at);
    }

    /** The histograms of the columns in which anything was recorded; what began outside of them is left out. */
    SortedMap<Integer, Histogram> merge(List<Interval> intervals) {
        SortedMap<Integer, Histogram> merged = new TreeMap<>();
        for (Interval interval : intervals) {
            long column = Math.floorDiv(Duration.between(from, interval.from()).toMillis(), step.toMillis());
            if (column >= 0 && column < number) {
                interval.addTo(merged.computeIfAbsent((int) column, any -> Histograms.empty()));
            }
        }
        return merged;
    }

    /** A value for each column, null where nothing was recorded. */
    <T> JsonArray values(SortedMap<Integer, T> columns, Function<T, Object> value) {
        JsonArray all = new JsonArray();
        for (int column = 0; column < number; column++) {
            T present = columns.get(column);
            all.add(present == null ? null : value.apply(present));
        }
        return all;
    }
}
