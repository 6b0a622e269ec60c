package io.fairlead.stats.sample;

import io.fairlead.stats.Buckets;
import io.fairlead.stats.Latency;
import io.fairlead.stats.record.LatencyRecorder;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Durations merged over the event loops: those of the last minute exactly, and buckets of all since the start. Control context only. */
final class LatencyWindow {
    private final HistogramWindow window = new HistogramWindow();
    private Buckets buckets = Buckets.NONE;

    /** Takes what was recorded since the last sample. */
    void sample(Span span, Scratch scratch, List<LatencyRecorder> recorders) {
        Histogram interval = scratch.empty();
        for (LatencyRecorder recorder : recorders) {
            recorder.collectInto(interval, scratch.other());
        }
        window.add(span, interval);
        buckets = buckets.plus(interval);
    }

    boolean isEmpty() {
        return window.isEmpty();
    }

    Latency latency(Span span) {
        return window.latency(span);
    }

    /** Of all since the start. */
    Buckets buckets() {
        return buckets;
    }

    HistogramWindow window() {
        return window;
    }
}
