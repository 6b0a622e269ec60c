package io.fairlead.stats;

/** Counts what comes in at one listener on one event loop. Confined to its event loop; the sampler reads. */
public final class ListenerRecorder {
    private static final int OPENED = 0;
    private static final int CLOSED = 1;
    private static final int REQUESTS = 2;

    private final Counters counters = new Counters(3);

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

    long closed() {
        return counters.get(CLOSED);
    }

    long opened() {
        return counters.get(OPENED);
    }

    long requests() {
        return counters.get(REQUESTS);
    }
}
