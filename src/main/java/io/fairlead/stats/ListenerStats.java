package io.fairlead.stats;

/**
 * One listener, over all event loops.
 *
 * @param connections open now
 * @param connectionsTotal accepted since the start
 * @param requests that came, malformed ones included
 */
public record ListenerStats(long connections, long connectionsTotal, Requests requests) {
    /** Of a listener to which nobody came, in a window of this length. */
    public static ListenerStats none(double windowSeconds) {
        return new ListenerStats(0, 0, Requests.none(windowSeconds));
    }

    /** Both together. */
    public ListenerStats plus(ListenerStats other) {
        return new ListenerStats(
                connections + other.connections,
                connectionsTotal + other.connectionsTotal,
                requests.plus(other.requests));
    }
}
