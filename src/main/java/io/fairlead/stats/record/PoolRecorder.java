package io.fairlead.stats.record;

import io.fairlead.stats.Retry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts what becomes of one pool's requests on one event loop. Confined to its event loop; the sampler reads. */
public final class PoolRecorder {
    private static final int REQUESTS = 0;
    private static final int RETRIES = 1;

    private final Counters counters = new Counters(2);
    private final QueueRecorder queue = new QueueRecorder();
    // The event loop writes, control context reads; concurrent maps because a word can be new at any time.
    private final Map<String, Counters> refused = new ConcurrentHashMap<>();
    private final Map<Retry, Counters> retries = new ConcurrentHashMap<>();

    PoolRecorder() {}

    /** A request was routed to the pool; called once, before its first attempt. */
    public void requestReceived() {
        counters.add(REQUESTS, 1);
    }

    /** Another attempt begins after one that failed. */
    public void retried() {
        counters.add(RETRIES, 1);
    }

    /** A further attempt is over, or was denied. */
    public void retryEnded(Retry retry) {
        retries.computeIfAbsent(retry, any -> new Counters(1)).add(0, 1);
    }

    /**
     * Fairlead answers the request itself.
     *
     * @param why the one word of why, from the documented list: bounded, never text from a client
     */
    public void refused(String why) {
        refused.computeIfAbsent(why, word -> new Counters(1)).add(0, 1);
    }

    /** What comes of requests that find no member at once. */
    public QueueRecorder queue() {
        return queue;
    }

    /** How many requests were routed here. Control context only. */
    public long requests() {
        return counters.get(REQUESTS);
    }

    /** How many further attempts began. Control context only. */
    public long retries() {
        return counters.get(RETRIES);
    }

    /** Adds how often Fairlead answered itself, by the word. Control context only. */
    public void addRefusedTo(Map<String, Long> sum) {
        refused.forEach((why, count) -> sum.merge(why, count.get(0), Long::sum));
    }

    /** Adds what came of further attempts. Control context only. */
    public void addRetriesTo(Map<Retry, Long> sum) {
        retries.forEach((retry, count) -> sum.merge(retry, count.get(0), Long::sum));
    }
}
