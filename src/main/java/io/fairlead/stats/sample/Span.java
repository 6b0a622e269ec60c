package io.fairlead.stats.sample;

import java.util.concurrent.TimeUnit;

/**
 * One sampled interval, and the window that ends with it. Times are nanoseconds of one ticker.
 *
 * @param from where the interval begins: at the end of the one before
 * @param to its end
 * @param windowFrom where the oldest interval of the window begins
 */
record Span(long from, long to, long windowFrom) {
    private static final double FULL_SECONDS = 59;

    /** The interval's length. */
    double seconds() {
        return seconds(to - from);
    }

    /** The real length of the window: a minute, less after a start. */
    double windowSeconds() {
        return seconds(to - windowFrom);
    }

    /** Whether the window is as long as it gets. */
    boolean isFull() {
        return windowSeconds() >= FULL_SECONDS;
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
