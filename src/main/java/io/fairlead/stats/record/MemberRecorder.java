package io.fairlead.stats.record;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.stats.Connections;
import io.fairlead.stats.MemberCounts;
import io.fairlead.stats.MemberCounts.Bytes;
import io.fairlead.stats.MemberCounts.Errors;
import io.fairlead.stats.MemberCounts.Responses;
import java.lang.invoke.VarHandle;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes down how each lease on one member ended, on one event loop.
 *
 * <p>Which times count: those of answers that came to their end, and those of time-outs, with the time that was waited:
 * the true one is longer, and leaving it out would show a hanging member as a fast one. A refused or broken connection
 * says nothing of speed and is left out, so that a member that fails fast does not look fast; so is what others ended. A
 * tunnel (101) has a first byte, but its length is the client's choice and no latency.
 *
 * <p>Confined to its event loop; the sampler reads.
 */
public final class MemberRecorder implements Lease.Listener {
    // Those of an ordinary request first, on one line of the cache.
    private static final int REQUESTS = 0;
    private static final int BYTES_SENT = 1;
    private static final int BYTES_RECEIVED = 2;
    private static final int REUSED = 3;
    private static final int OPENED = 4;
    private static final int FAILED = 5;
    private static final int CONNECT = 6;
    private static final int RESET = 7;
    private static final int TIMEOUT = 8;
    private static final int ABANDONED = 9;
    private static final int RETRIES_FROM = 10;
    private static final int RETRIES_TO = 11;
    private static final int SERVER_ERROR = 500;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Member member;
    private final Changes changes;
    private final Counters counters = new Counters(12);
    private final StatusCounter statuses = new StatusCounter();
    private final LatencyRecorder total = new LatencyRecorder();
    private final LatencyRecorder firstByte = new LatencyRecorder();
    // The event loop sets it, control context takes it back: whether the sampler will look here.
    private volatile boolean listed;
    // Belongs to whoever holds the stack.
    private @Nullable MemberRecorder before;

    MemberRecorder(Member member, Changes changes) {
        this.member = member;
        this.changes = changes;
    }

    @Override
    public void closed(Lease lease) {
        if (lease.wasSent()) {
            counters.add(REQUESTS, 1);
            counters.add(BYTES_SENT, lease.bytesSent());
            counters.add(BYTES_RECEIVED, lease.bytesReceived());
        }
        if (lease.wasAnswered()) {
            statuses.add(lease.status());
        }
        Outcome outcome = lease.outcome();
        if (outcome != null) {
            ended(lease, outcome);
        }
        changed();
    }

    private void ended(Lease lease, Outcome outcome) {
        if (lease.wasSent()
                && (lease.status() >= SERVER_ERROR || outcome == Outcome.RESET || outcome == Outcome.TIMED_OUT)) {
            counters.add(FAILED, 1);
        }
        switch (outcome) {
            case ANSWERED -> recordTimes(lease);
            case TIMED_OUT -> {
                counters.add(TIMEOUT, 1);
                recordTimes(lease);
            }
            case CONNECT_FAILED -> counters.add(CONNECT, 1);
            case RESET -> counters.add(RESET, 1);
            case ABANDONED -> counters.add(ABANDONED, 1);
        }
    }

    private void recordTimes(Lease lease) {
        if (lease.wasSent()) {
            firstByte.record(lease.wasAnswered() ? lease.firstByteNanos() : lease.totalNanos());
            if (lease.status() != SWITCHING_PROTOCOLS) {
                total.record(lease.totalNanos());
            }
        }
    }

    /** An attempt failed here and is tried again at another member. */
    public void retriedElsewhere() {
        counters.add(RETRIES_FROM, 1);
        changed();
    }

    /** An attempt begins here after one that failed elsewhere. */
    public void retriedHere() {
        counters.add(RETRIES_TO, 1);
        changed();
    }

    /**
     * A request is sent. Shown from the next time that something ends here.
     *
     * @param first whether it is the first on its connection
     */
    public void sentOn(boolean first) {
        counters.add(first ? OPENED : REUSED, 1);
    }

    /** Tells the sampler that there is something to see. */
    private void changed() {
        // What was counted comes before the look at the mark; with the fence of taken(), either the sampler sees the
        // counts or this sees that the mark is gone.
        VarHandle.fullFence();
        if (!listed) {
            listed = true;
            changes.add(this);
        }
    }

    /** The sampler is about to look. Control context only. */
    void taken() {
        listed = false;
        VarHandle.fullFence();
    }

    void follow(@Nullable MemberRecorder older) {
        before = older;
    }

    @Nullable
    MemberRecorder before() {
        return before;
    }

    /** Whose. */
    public Member member() {
        return member;
    }

    /**
     * All counts. Control context only.
     *
     * @param responses by class, as {@link #addStatusesTo} tells them: so that they are not counted twice
     */
    public MemberCounts counts(Responses responses) {
        return new MemberCounts(
                counters.get(REQUESTS),
                responses,
                new Errors(counters.get(CONNECT), counters.get(RESET), counters.get(TIMEOUT)),
                counters.get(ABANDONED),
                counters.get(RETRIES_FROM),
                counters.get(RETRIES_TO),
                new Bytes(counters.get(BYTES_SENT), counters.get(BYTES_RECEIVED)));
    }

    /** Requests sent that ended in a 5xx, a broken connection or a time-out. Control context only. */
    public long failed() {
        return counters.get(FAILED);
    }

    /** On which connections requests were sent. Control context only. */
    public Connections connections() {
        return new Connections(counters.get(OPENED), counters.get(REUSED));
    }

    /** Adds how often each status came. Control context only. */
    public void addStatusesTo(Map<Integer, Long> sum) {
        statuses.addTo(sum);
    }

    /** From the request's head to the answer's last byte. Control context only. */
    public LatencyRecorder total() {
        return total;
    }

    /** From the request's head to the answer's. Control context only. */
    public LatencyRecorder firstByte() {
        return firstByte;
    }
}
