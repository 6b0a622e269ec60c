package io.fairlead.stats.sample;

import io.fairlead.stats.Histograms;
import org.HdrHistogram.Histogram;

/** Two histograms that whoever samples may use until it returns. Control context only. */
final class Scratch {
    private final Histogram sum = Histograms.empty();
    private final Histogram other = Histograms.empty();

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
