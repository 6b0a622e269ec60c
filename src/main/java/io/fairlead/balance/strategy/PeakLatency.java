package io.fairlead.balance.strategy;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;

/**
 * What one member's latency has been: an average over time that jumps up to each peak at once, and comes down again as time
 * and lower latencies pass. Also, when the member had its last request, counted in requests of the pool.
 *
 * <p>An answer counts by its first byte, for how long the rest takes is the client's choice. A failure never makes a member
 * look fast: a broken connection doubles the average; an answer of 500 and above, a time-out, or a client that did not wait
 * can raise it, not lower it.
 */
final class PeakLatency {
    private static final int SERVER_ERROR = 500;
    /** The average after a failure of a member of which nothing else is known. */
    private static final double SECOND = 1e9;
    /** Failures double the average up to this. */
    private static final double MINUTE = 60 * SECOND;

    private final double decayNanos;
    // Any event loop reads; written under this object's lock. Nanoseconds; 0 until something is known.
    private volatile double average;
    // Likewise: when something was last learnt. A pick may meet one of the two new and the other old, for that once.
    private volatile long learntAt;
    // Any event loop sets it; the next answer takes it back, under the lock.
    private volatile boolean onTrial;
    // Any event loop.
    private volatile long lastTurn;

    PeakLatency(double decayNanos) {
        this.decayNanos = decayNanos;
    }

    /** As it was when something was last learnt, in nanoseconds; 0 if nothing is known. Any event loop. */
    double average() {
        return average;
    }

    /** What is left of the average: while nothing is learnt it fades, to 37 % in one decay. Any event loop. */
    double faded(long now) {
        return average * left(now);
    }

    /** For how long nothing was learnt, in nanoseconds. Any event loop. */
    long silence(long now) {
        return now - learntAt;
    }

    /** The number, among the pool's requests, of the last that the member got; 0 before the first. Any event loop. */
    long lastTurn() {
        return lastTurn;
    }

    /** The member got this request of the pool. Any event loop. */
    void used(long turn) {
        lastTurn = turn;
    }

    /** The next answer will stand for all that was known before. Any event loop. */
    void putOnTrial() {
        onTrial = true;
    }

    /** Learns from a request that ended. Any event loop; the lock is held for an {@code exp}, and no pick takes it. */
    synchronized void learn(Lease lease, long now) {
        Outcome outcome = lease.outcome();
        double waited = lease.totalNanos();
        double firstByte = lease.firstByteNanos();
        boolean brokeOff = outcome == Outcome.TIMED_OUT && lease.wasAnswered();
        if (outcome == Outcome.CONNECT_FAILED || outcome == Outcome.RESET || brokeOff) {
            failed(now);
        } else if (!lease.wasAnswered()) {
            raise(waited, now);
        } else if (lease.status() >= SERVER_ERROR) {
            raise(firstByte, now);
        } else {
            answered(Math.max(1, firstByte), now);
        }
    }

    private void answered(double latency, long now) {
        double kept = onTrial || average == 0 ? 0 : left(now);
        double faded = average * kept;
        set(latency > faded ? latency : faded + latency * (1 - kept), now);
    }

    private void raise(double latency, long now) {
        if (latency > faded(now)) {
            set(latency, now);
        }
    }

    private void failed(long now) {
        set(average == 0 ? SECOND : Math.min(2 * average, Math.max(average, MINUTE)), now);
    }

    private void set(double newAverage, long now) {
        average = newAverage;
        learntAt = now;
        onTrial = false;
    }

    private double left(long now) {
        return Math.exp(-Math.max(0, now - learntAt) / decayNanos);
    }
}
