package io.fairlead.stats.record;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what comes in at one listener on one event loop. Confined to its event loop; the sampler reads. */
public final class ListenerRecorder {
    /** The name for requests that met no route. */
    public static final String NO_ROUTE = "";

    private static final int OPENED = 0;
    private static final int CLOSED = 1;
    private static final int REQUESTS = 2;

    private final Counters counters = new Counters(3);
    // The event loop adds, control context walks it meanwhile.
    private final Map<String, RouteRecorder> routes = new ConcurrentHashMap<>();

    ListenerRecorder() {}

    /** A connection was accepted. */
    public void connectionOpened() {
        counters.add(OPENED, 1);
    }

    /** A connection that was counted as opened is gone. */
    public void connectionClosed() {
        counters.add(CLOSED, 1);
    }

    /** The head of a request came, or what should have been one. */
    public void requestReceived() {
        counters.add(REQUESTS, 1);
    }

    /** Of the route that goes by this name; the same object each time. */
    public RouteRecorder route(String name) {
        RouteRecorder present = routes.get(name);
        return present != null ? present : routes.computeIfAbsent(name, any -> new RouteRecorder());
    }

    /** All that were asked for. Control context only. */
    public Map<String, RouteRecorder> routes() {
        return routes;
    }

    /** How many connections are gone. Control context only. */
    public long closed() {
        return counters.get(CLOSED);
    }

    /** How many connections came. Control context only. */
    public long opened() {
        return counters.get(OPENED);
    }

    /** How many requests came. Control context only. */
    public long requests() {
        return counters.get(REQUESTS);
    }
}
