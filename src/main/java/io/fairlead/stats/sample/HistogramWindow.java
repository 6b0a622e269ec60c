package io.fairlead.stats.sample;

import io.fairlead.stats.Histograms;
import io.fairlead.stats.Latency;
import io.fairlead.stats.history.HistogramCodec;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The durations of the last minute, exactly: a running sum, to which each interval's histogram is added, and from which it
 * is subtracted when it leaves. Until then it is kept encoded, some ten bytes to a thousand instead of some ten thousand.
 * Adding and leaving cost one pass over the buckets; nothing is estimated and nothing decays. An empty one holds no memory.
 *
 * <p>Control context only.
 */
final class HistogramWindow {
    private @Nullable Histogram sum;
    private final Deque<Encoded> intervals = new ArrayDeque<>(1);

    private record Encoded(long from, byte[] bytes) {}

    /** Takes one interval's histogram; the caller may reuse it. */
    void add(Span span, Histogram interval) {
        if (interval.getTotalCount() > 0) {
            if (sum == null) {
                sum = Histograms.empty();
            }
            sum.add(interval);
            intervals.addLast(new Encoded(span.from(), HistogramCodec.encode(interval)));
        }
        while (!intervals.isEmpty() && intervals.getFirst().from < span.windowFrom()) {
            byte[] oldest = intervals.removeFirst().bytes;
            if (sum != null && !intervals.isEmpty()) {
                HistogramCodec.subtractFrom(sum, oldest);
            } else {
                sum = null;
            }
        }
    }

    boolean isEmpty() {
        return intervals.isEmpty();
    }

    /** Adds all that is in the window. */
    void addTo(Histogram target) {
        if (sum != null) {
            target.add(sum);
        }
    }

    /** Adds what was taken at or after this time of the ticker. */
    void addRecentTo(Histogram target, long from) {
        for (Iterator<Encoded> newestFirst = intervals.descendingIterator(); newestFirst.hasNext(); ) {
            Encoded interval = newestFirst.next();
            if (interval.from - from < 0) {
                break;
            }
            HistogramCodec.addTo(target, interval.bytes, 0, interval.bytes.length);
        }
    }

    /** What the window holds now. */
    Latency latency(Span span) {
        return sum == null ? Latency.none(span.windowSeconds()) : latency(span.windowSeconds(), sum);
    }

    static Latency latency(double windowSeconds, Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return Latency.none(windowSeconds);
        }
        return new Latency(
                windowSeconds,
                histogram.getTotalCount(),
                millis(histogram.getValueAtPercentile(50)),
                millis(histogram.getValueAtPercentile(90)),
                millis(histogram.getValueAtPercentile(99)),
                millis(histogram.getValueAtPercentile(99.9)),
                millis(histogram.getMaxValue()));
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }
}
