package io.fairlead.stats.record;

import io.fairlead.stats.Histograms;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Durations recorded by one event loop and collected by the sampler, without a lock on either side and without a loss: a
 * pair of histograms that change places [1]. Two significant digits, that is buckets of at most 1/128 of their value; in
 * microseconds from 1 µs to 1 h, what lies outside counts as the nearer end. Most members never meet most loops, so the
 * histograms are made with the first record.
 *
 * <p>[1] G. Tene, WriterReaderPhaser, in HdrHistogram's SingleWriterRecorder.
 */
public final class LatencyRecorder {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);

    private static final AtomicLongFieldUpdater<LatencyRecorder> RECORDED =
            AtomicLongFieldUpdater.newUpdater(LatencyRecorder.class, "recorded");

    // The event loop writes, control context reads: how many were recorded.
    private volatile long recorded;
    // The event loop writes once, control context reads.
    private volatile @Nullable SingleWriterRecorder recorder;
    // Control context only.
    private long collected;

    LatencyRecorder() {}

    /** Adds one duration. Confined to its event loop. */
    void record(long nanos) {
        SingleWriterRecorder present = recorder;
        if (present == null) {
            present = new SingleWriterRecorder(Histograms.SIGNIFICANT_DIGITS);
            recorder = present;
        }
        present.recordValue(micros(nanos));
        RECORDED.lazySet(this, recorded + 1);
    }

    /**
     * Adds to the sum what was recorded since the last call; next to nothing to do if that is nothing. Control context only.
     *
     * @param scratch overwritten
     */
    public void collectInto(Histogram sum, Histogram scratch) {
        long present = recorded;
        SingleWriterRecorder source = recorder;
        if (source == null || present == collected) {
            return;
        }
        collected = present;
        source.getIntervalHistogramInto(scratch);
        sum.add(scratch);
    }

    /** As it is recorded: whole, 1 to an hour. */
    public static long micros(long nanos) {
        return Math.min(Math.max(1, TimeUnit.NANOSECONDS.toMicros(nanos)), LONGEST_MICROS);
    }
}
