package io.fairlead.stats;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import io.fairlead.stats.MemberCounts.Bytes;
import io.fairlead.stats.MemberCounts.Errors;
import io.fairlead.stats.MemberCounts.Responses;
import org.HdrHistogram.Histogram;

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
    private static final int REQUESTS = 0;
    /** Index of 1xx, followed by the other classes. */
    private static final int RESPONSES = 1;

    private static final int CONNECT = 6;
    private static final int RESET = 7;
    private static final int TIMEOUT = 8;
    private static final int ABANDONED = 9;
    private static final int RETRIES_FROM = 10;
    private static final int BYTES_SENT = 11;
    private static final int BYTES_RECEIVED = 12;
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Counters counters = new Counters(13);
    private final LatencyRecorder total = new LatencyRecorder();
    private final LatencyRecorder firstByte = new LatencyRecorder();

    MemberRecorder() {}

    @Override
    public void closed(Lease lease) {
        if (lease.wasSent()) {
            counters.add(REQUESTS, 1);
            counters.add(BYTES_SENT, lease.bytesSent());
            counters.add(BYTES_RECEIVED, lease.bytesReceived());
        }
        if (lease.wasAnswered()) {
            counters.add(RESPONSES + Math.min(Math.max(lease.status() / 100, 1), 5) - 1, 1);
        }
        Outcome outcome = lease.outcome();
        if (outcome != null) {
            ended(lease, outcome);
        }
    }

    private void ended(Lease lease, Outcome outcome) {
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
    }

    MemberCounts counts() {
        return new MemberCounts(
                counters.get(REQUESTS),
                new Responses(
                        counters.get(RESPONSES),
                        counters.get(RESPONSES + 1),
                        counters.get(RESPONSES + 2),
                        counters.get(RESPONSES + 3),
                        counters.get(RESPONSES + 4)),
                new Errors(counters.get(CONNECT), counters.get(RESET), counters.get(TIMEOUT)),
                counters.get(ABANDONED),
                counters.get(RETRIES_FROM),
                new Bytes(counters.get(BYTES_SENT), counters.get(BYTES_RECEIVED)));
    }

    void collectInto(Histogram totals, Histogram firstBytes) {
        total.collectInto(totals);
        firstByte.collectInto(firstBytes);
    }
}
