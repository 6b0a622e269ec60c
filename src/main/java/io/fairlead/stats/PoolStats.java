package io.fairlead.stats;

import java.util.Map;

/**
 * One pool, over all event loops.
 *
 * @param requests that were routed to it, whatever came of them; each once, however often it was tried
 * @param retries attempts after the first
 * @param retriesBy the same once they are over, and those that were denied, by reason and outcome
 * @param refused requests that Fairlead answered itself, by the one word of why
 * @param latency of all its members' answers together
 * @param queue of requests that wait for a member with room
 */
public record PoolStats(
        Requests requests,
        long retries,
        Map<Retry, Long> retriesBy,
        Map<String, Long> refused,
        Latency latency,
        QueueStats queue) {
    public PoolStats {
        retriesBy = Map.copyOf(retriesBy);
        refused = Map.copyOf(refused);
    }

    /** Of a pool that never had a request, in a window of this length. */
    public static PoolStats none(double windowSeconds) {
        return new PoolStats(
                Requests.none(windowSeconds),
                0,
                Map.of(),
                Map.of(),
                Latency.none(windowSeconds),
                QueueStats.none(windowSeconds));
    }
}
