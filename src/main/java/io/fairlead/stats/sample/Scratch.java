package io.fairlead.stats.sample;

import io.fairlead.stats.record.LatencyRecorder;
import org.HdrHistogram.Histogram;

/** Two histograms that whoever samples may use until it returns. Control context only. */
final class Scratch {
    private final Histogram sum = LatencyRecorder.newHistogram();
    private final Histogram other = LatencyRecorder.newHistogram();

    /** One, empty. */
    Histogram empty() {
        sum.reset();
        return sum;
    }

    /** The other one, to be overwritten. */
    Histogram other() {
        return other;
    }
}
