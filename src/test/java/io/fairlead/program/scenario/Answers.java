package io.fairlead.program.scenario;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** What became of requests: how many were answered with what, and how long after they were due. Confined to one thread. */
final class Answers {
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final Map<String, Integer> results = new TreeMap<>();
    private final Histogram nanos = new Histogram(LONGEST, 3);

    /** One ended, with a status or a failure in words, this long after it was due. */
    void ended(String result, long tookNanos) {
        results.merge(result, 1, Integer::sum);
        nanos.recordValue(Math.max(0, Math.min(tookNanos, LONGEST)));
    }

    void add(Answers other) {
        other.results.forEach((result, count) -> results.merge(result, count, Integer::sum));
        nanos.add(other.nanos);
    }

    /** All that ended. */
    int count() {
        return results.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** All that were not answered with 200. */
    int failed() {
        return count() - results.getOrDefault("200", 0);
    }

    /** How many took longer. */
    long slowerThan(long millis) {
        return nanos.getCountBetweenValues(TimeUnit.MILLISECONDS.toNanos(millis), LONGEST);
    }

    /** Milliseconds. */
    double p50() {
        return nanos.getValueAtPercentile(50) / 1e6;
    }

    /** Milliseconds. */
    double p99() {
        return nanos.getValueAtPercentile(99) / 1e6;
    }

    /** Milliseconds. */
    double max() {
        return nanos.getMaxValue() / 1e6;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s; p50 %.1f, p99 %.1f, max %.1f ms", results, p50(), p99(), max());
    }
}
