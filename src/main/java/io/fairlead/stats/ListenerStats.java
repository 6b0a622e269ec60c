package io.fairlead.stats;

/**
 * One listener, over all event loops.
 *
 * @param connections open now
 * @param connectionsTotal accepted since the start
 * @param requests that came, malformed ones included
 * @param errors answers with a 5xx, a member's or Fairlead's own
 * @param responses statuses sent, by class; a client that went before there was one counts as 4xx
 * @param latency as {@link RouteStats} tells it, of all routes together
 */
public record ListenerStats(
        long connections,
        long connectionsTotal,
        Requests requests,
        Requests errors,
        MemberCounts.Responses responses,
        Latency latency) {
    /** Of a listener to which nobody came, in a window of this length. */
    public static ListenerStats none(double windowSeconds) {
        Requests none = Requests.none(windowSeconds);
        return new ListenerStats(0, 0, none, none, MemberCounts.Responses.NONE, Latency.none(windowSeconds));
    }
}
