package io.fairlead.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what becomes of one pool's requests on one event loop. Confined to its event loop; the sampler reads. */
public final class PoolRecorder {
    private static final int REQUESTS = 0;
    private static final int RETRIES = 1;

    private final Counters counters = new Counters(2);
    // The event loop writes, control context reads; a concurrent map because a word can be new at any time.
    private final Map<String, Counters> refused = new ConcurrentHashMap<>();

    PoolRecorder() {}

    /** A request was routed to the pool; called once, before its first attempt. */
    public void requestReceived() {
        counters.add(REQUESTS, 1);
    }

    /** Another attempt begins after one that failed. */
    public void retried() {
        counters.add(RETRIES, 1);
    }

    /**
     * Fairlead answers the request itself.
     *
     * @param why the one word of why, from the documented list: bounded, never text from a client
     */
    public void refused(String why) {
        refused.computeIfAbsent(why, word -> new Counters(1)).add(0, 1);
    }

    long requests() {
        return counters.get(REQUESTS);
    }

    long retries() {
        return counters.get(RETRIES);
    }

    void addRefusedTo(Map<String, Long> sum) {
        refused.forEach((why, count) -> sum.merge(why, count.get(0), Long::sum));
    }
}
