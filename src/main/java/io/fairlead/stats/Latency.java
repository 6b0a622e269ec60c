package io.fairlead.stats;

/**
 * How long answers took in the last minute. Each value is the upper end of a bucket not wider than 1/128 of it.
 *
 * @param windowSeconds the real length of that minute: less after a start
 * @param count how many there were; if 0, nothing is known and the others are 0
 * @param p50 half were no slower; milliseconds, as all that follow
 * @param p90 90 % were no slower
 * @param p99 99 % were no slower
 * @param p999 99.9 % were no slower
 * @param max the slowest
 */
public record Latency(double windowSeconds, long count, double p50, double p90, double p99, double p999, double max) {
    /** Of nothing, in a window of this length. */
    public static Latency none(double windowSeconds) {
        return new Latency(windowSeconds, 0, 0, 0, 0, 0, 0);
    }
}
