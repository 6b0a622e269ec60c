package io.fairlead.stats.record;

/** Takes down how requests fared in one pool's queue, on one event loop. Confined to its event loop; the sampler reads. */
public final class QueueRecorder {
    private static final int SERVED = 0;
    private static final int TIMED_OUT = 1;
    private static final int FULL = 2;
    private static final int LEFT = 3;

    private final Counters counters = new Counters(4);
    private final LatencyRecorder wait = new LatencyRecorder();

    QueueRecorder() {}

    /** One that waited gets a member. */
    public void served(long nanos) {
        counters.add(SERVED, 1);
        wait.record(nanos);
    }

    /** One waited until a time-out passed. */
    public void timedOut(long nanos) {
        counters.add(TIMED_OUT, 1);
        wait.record(nanos);
    }

    /** The client of one that waited has gone. */
    public void left(long nanos) {
        counters.add(LEFT, 1);
        wait.record(nanos);
    }

    /** One found no place in the queue. */
    public void foundFull() {
        counters.add(FULL, 1);
    }

    /** How many waited and got a member. Control context only. */
    public long served() {
        return counters.get(SERVED);
    }

    /** How many waited in vain. Control context only. */
    public long timedOut() {
        return counters.get(TIMED_OUT);
    }

    /** How many found no place. Control context only. */
    public long full() {
        return counters.get(FULL);
    }

    /** How many clients went. Control context only. */
    public long left() {
        return counters.get(LEFT);
    }

    /** How long they waited, whatever came of it. Control context only. */
    public LatencyRecorder waits() {
        return wait;
    }
}
