package io.fairlead.stats;

import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How many durations since the start were no longer than each of a few fixed bounds: what Prometheus wants. Taken off the
 * same histograms as the percentiles: a duration that is over a bound by less than 1/128 of it may count as within, and the
 * sum is as exact. Counts never fall. Immutable.
 */
public final class Buckets {
    private static final double MICROS = 1e6;
    private static final double[] BOUNDS = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, Double.POSITIVE_INFINITY
    };

    /** Of nothing yet. */
    public static final Buckets NONE = new Buckets(new long[BOUNDS.length], 0);

    private final long[] counts;
    private final double sumSeconds;

    private Buckets(long[] counts, double sumSeconds) {
        this.counts = counts;
        this.sumSeconds = sumSeconds;
    }

    /** The upper bounds in seconds, inclusive, growing; the last is infinite. */
    public static double[] bounds() {
        return BOUNDS.clone();
    }

    /**
     * These, and the durations of one more interval.
     *
     * @param micros in microseconds
     */
    public Buckets plus(Histogram micros) {
        if (micros.getTotalCount() == 0) {
            return this;
        }
        long[] more = counts.clone();
        double sum = 0;
        int bucket = 0;
        for (HistogramIterationValue value : micros.recordedValues()) {
            long highest = value.getValueIteratedTo();
            double lowestSeconds = micros.lowestEquivalentValue(highest) / MICROS;
            while (lowestSeconds > BOUNDS[bucket]) {
                bucket++;
            }
            more[bucket] += value.getCountAddedInThisIterationStep();
            sum += micros.medianEquivalentValue(highest) * (double) value.getCountAddedInThisIterationStep();
        }
        return new Buckets(more, sumSeconds + sum / MICROS);
    }

    /** Both together. */
    public Buckets plus(Buckets other) {
        long[] sums = counts.clone();
        Arrays.setAll(sums, i -> counts[i] + other.counts[i]);
        return new Buckets(sums, sumSeconds + other.sumSeconds);
    }

    /** How many were longer than the bound before, and no longer than this one; for each bound. */
    public long[] counts() {
        return counts.clone();
    }

    /**
     * How many were no longer than a bound.
     *
     * @param bound its index
     */
    public long cumulative(int bound) {
        return Arrays.stream(counts, 0, bound + 1).sum();
    }

    /** How many there were. */
    public long count() {
        return cumulative(counts.length - 1);
    }

    /** All of them together, in seconds. */
    public double sumSeconds() {
        return sumSeconds;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Buckets that
                && Arrays.equals(counts, that.counts)
                && Double.compare(sumSeconds, that.sumSeconds) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(counts) + Double.hashCode(sumSeconds);
    }

    @Override
    public String toString() {
        return Arrays.toString(counts) + ", " + sumSeconds + " s";
    }
}
