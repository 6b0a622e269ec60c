package io.fairlead.stats;

import java.util.Map;

/**
 * One pool, over all event loops.
 *
 * @param requests that were routed to it, whatever came of them; each once, however often it was tried
 * @param retries attempts after the first
 * @param refused requests that Fairlead answered itself, by the one word of why
 * @param latency of all its members' answers together
 */
public record PoolStats(Requests requests, long retries, Map<String, Long> refused, Latency latency) {
    public PoolStats {
        refused = Map.copyOf(refused);
    }

    /** Of a pool that never had a request, in a window of this length. */
    public static PoolStats none(double windowSeconds) {
        return new PoolStats(Requests.none(windowSeconds), 0, Map.of(), Latency.none(windowSeconds));
    }
}
