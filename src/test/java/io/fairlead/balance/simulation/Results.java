package io.fairlead.balance.simulation;

import org.HdrHistogram.Histogram;

/** What came of a run: all but its warm-up. */
public final class Results {
    private final int[] requests;
    private final int[] mostInFlight;
    private final Histogram latency = new Histogram(3);
    private double sum;

    Results(int members) {
        requests = new int[members];
        mostInFlight = new int[members];
    }

    void sent(int member, int inFlight) {
        requests[member]++;
        mostInFlight[member] = Math.max(mostInFlight[member], inFlight);
    }

    void answered(long nanos) {
        latency.recordValue(nanos);
        sum += nanos;
    }

    /** The part of all requests that a member got, 0 to 1. */
    public double share(int member) {
        return requests[member] / (double) latency.getTotalCount();
    }

    /** How many requests a member got. */
    public int requests(int member) {
        return requests[member];
    }

    /** The most requests that a member had in flight. */
    public int mostInFlight(int member) {
        return mostInFlight[member];
    }

    /** The mean time from sending to the answer, in nanoseconds; exact. */
    public double mean() {
        return sum / latency.getTotalCount();
    }

    /** The time within which this many percent were answered, in nanoseconds; to 0.1 %. */
    public long percentile(double percent) {
        return latency.getValueAtPercentile(percent);
    }

    /** The part of all requests that was answered within a time, 0 to 1; the bound is rounded to 0.1 %. */
    public double within(long nanos) {
        return latency.getCountBetweenValues(0, nanos) / (double) latency.getTotalCount();
    }
}
