package io.fairlead.stats;

import org.HdrHistogram.Histogram;

/** What all histograms of durations have in common, so that they can be added to each other. */
public final class Histograms {
    /** Buckets are at most 1/128 of their value wide. */
    public static final int SIGNIFICANT_DIGITS = 2;

    private Histograms() {}

    /** An empty one, for microseconds. */
    public static Histogram empty() {
        return new Histogram(SIGNIFICANT_DIGITS);
    }
}
