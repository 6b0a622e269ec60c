package io.fairlead.stats;

/**
 * A pool's queue, over all event loops. Requests that found a member at once are in none of this.
 *
 * @param waits how long requests waited, whatever came of it
 * @param buckets the same since the start
 * @param served waited and got a member
 * @param timedOut waited until a time-out
 * @param full found the queue full
 * @param left their clients went while they waited
 */
public record QueueStats(Latency waits, Buckets buckets, long served, long timedOut, long full, long left) {
    /** Of a queue that nobody needed, in a window of this length. */
    public static QueueStats none(double windowSeconds) {
        return new QueueStats(Latency.none(windowSeconds), Buckets.NONE, 0, 0, 0, 0);
    }
}
