package io.fairlead.stats;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import org.HdrHistogram.Histogram;

/**
 * The durations of the last minute, exactly: a running sum, to which each interval's histogram is added, and from which it
 * is subtracted when it leaves. Until then it is kept in HdrHistogram's V2 encoding, some fifty bytes to a thousand
 * instead of some ten thousand. Adding and leaving cost one pass over the buckets; nothing is estimated and nothing decays.
 *
 * <p>Control context only.
 */
final class HistogramWindow {
    private final Histogram sum = new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
    private final Deque<Encoded> intervals = new ArrayDeque<>();

    /** Takes one interval's histogram; the caller may reuse it. */
    void add(Span span, Histogram interval) {
        if (interval.getTotalCount() > 0) {
            sum.add(interval);
            intervals.addLast(Encoded.of(span.from(), interval));
        }
        while (!intervals.isEmpty() && intervals.getFirst().from < span.windowFrom()) {
            sum.subtract(intervals.removeFirst().decode());
        }
    }

    /** Adds all that is in the window. */
    void addTo(Histogram target) {
        if (sum.getTotalCount() > 0) {
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
            target.add(interval.decode());
        }
    }

    /** What the window holds now. */
    Latency latency(Span span) {
        return latency(span, sum);
    }

    static Latency latency(Span span, Histogram histogram) {
        return latency(span.windowSeconds(), histogram);
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

    private record Encoded(long from, ByteBuffer bytes) {
        static Encoded of(long from, Histogram histogram) {
            ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
            int length = histogram.encodeIntoByteBuffer(buffer);
            return new Encoded(from, ByteBuffer.wrap(Arrays.copyOf(buffer.array(), length)));
        }

        Histogram decode() {
            return Histogram.decodeFromByteBuffer(bytes.duplicate(), 0);
        }
    }
}
