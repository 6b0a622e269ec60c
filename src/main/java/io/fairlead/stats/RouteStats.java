package io.fairlead.stats;

import java.util.Map;

/**
 * One route as clients see it, over all listeners and event loops. Counted when the answer is over.
 *
 * @param codes statuses sent since the start; 499 stands for a client that went before there was one, 101 for a tunnel
 * @param codesByListener the same, by the listener's name
 * @param requests all of them, against time
 * @param errors those with a 5xx, a member's or Fairlead's own
 * @param latency from the request's head until the answer's last byte was handed to the system, or the answer given up;
 *     tunnels are left out
 * @param buckets the same durations since the start
 */
public record RouteStats(
        StatusCounts codes,
        Map<String, StatusCounts> codesByListener,
        Requests requests,
        Requests errors,
        Latency latency,
        Buckets buckets) {
    public RouteStats {
        codesByListener = Map.copyOf(codesByListener);
    }

    /** Of a route that nobody took, in a window of this length. */
    public static RouteStats none(double windowSeconds) {
        Requests none = Requests.none(windowSeconds);
        return new RouteStats(StatusCounts.NONE, Map.of(), none, none, Latency.none(windowSeconds), Buckets.NONE);
    }
}
