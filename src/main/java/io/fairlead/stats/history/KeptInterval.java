package io.fairlead.stats.history;

import io.fairlead.stats.Histograms;
import io.fairlead.stats.Interval;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;

/** An interval as it is kept: bytes of a chunk that never change. Immutable, any thread. */
final class KeptInterval implements Interval {
    private final Instant from;
    private final Duration length;
    private final byte[] bytes;
    private final int start;
    private final int size;

    KeptInterval(Instant from, Duration length, byte[] bytes, int start, int size) {
        this.from = from;
        this.length = length;
        this.bytes = bytes;
        this.start = start;
        this.size = size;
    }

    @Override
    public Instant from() {
        return from;
    }

    @Override
    public Duration length() {
        return length;
    }

    @Override
    public long count() {
        return HistogramCodec.count(bytes, start, size);
    }

    @Override
    public void addTo(Histogram target) {
        HistogramCodec.addTo(target, bytes, start, size);
    }

    @Override
    public Histogram latencies() {
        Histogram latencies = Histograms.empty();
        addTo(latencies);
        return latencies;
    }

    @Override
    public String toString() {
        return from + " " + length + ": " + count();
    }
}
