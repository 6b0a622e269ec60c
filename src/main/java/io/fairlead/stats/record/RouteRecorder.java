package io.fairlead.stats.record;

import java.util.Map;

/**
 * Takes down how requests of one route ended for their clients, at one listener on one event loop. Confined to its event
 * loop; the sampler reads.
 */
public final class RouteRecorder {
    /** Stands for the status where the client went before there was one: nginx's number. */
    public static final int CLIENT_GONE = 499;

    private static final int SWITCHING_PROTOCOLS = 101;

    private final StatusCounter statuses = new StatusCounter();
    private final LatencyRecorder latency = new LatencyRecorder();

    RouteRecorder() {}

    /**
     * An exchange is over.
     *
     * @param status that was sent; {@link #CLIENT_GONE} if there was none; 101 for a tunnel, whose duration is no latency
     * @param nanos from the request's head to the answer's last byte, or until it was given up
     */
    public void ended(int status, long nanos) {
        statuses.add(status);
        if (status != SWITCHING_PROTOCOLS) {
            latency.record(nanos);
        }
    }

    /** A request was refused of which not even the head was read, so that there is no time to tell. */
    public void unread(int status) {
        statuses.add(status);
    }

    /** Adds how often each status was sent. Control context only. */
    public void addStatusesTo(Map<Integer, Long> sum) {
        statuses.addTo(sum);
    }

    /** How long exchanges took. Control context only. */
    public LatencyRecorder latency() {
        return latency;
    }
}
