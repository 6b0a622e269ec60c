package io.fairlead.health.outlier;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * What live traffic says of one member: how many requests went well and how many failed, and how many failed in a row up to
 * now. A request costs an addition and a read; only one that ends a row, or makes one longer, costs a write more.
 *
 * <p>Failures are those of a gateway: no connection, a reset, no answer in time, and 502, 503 or 504. An app's own 500 says that
 * it works. What the client ended says nothing.
 */
final class Evidence {
    static final int NEVER = Integer.MAX_VALUE;

    private static final Set<Integer> GATEWAY = Set.of(502, 503, 504);

    // Any event loop. Adders because every request of every loop counts.
    private final LongAdder passed = new LongAdder();
    private final LongAdder failed = new LongAdder();
    // Any event loop. An atomic because a row may be spread over all loops.
    private final AtomicInteger run = new AtomicInteger();
    // Any event loop: whether the control context was called and has not come yet.
    private final AtomicBoolean called = new AtomicBoolean();
    // Any event loop: what the last failure was, in words.
    private volatile String last = "";
    // Control context writes, event loops read: when to call it.
    private volatile int threshold = NEVER;
    private volatile boolean onTrial;
    private volatile long countsFrom = Long.MIN_VALUE;
    // Both write; a loop only sets it back to the threshold. If that comes between, a call comes early, which does no
    // harm.
    private volatile int alarm = NEVER;

    /** Takes a lease that ended; says whether the control context is to look. Any event loop. */
    boolean take(Lease lease) {
        if (lease.wasSent() && countsFrom != Long.MIN_VALUE && lease.sentAt() - countsFrom < 0) {
            return false; // sent before it was last ejected
        }
        if (isFailure(lease)) {
            failed.increment();
            last = inWords(lease);
            return run.incrementAndGet() >= alarm && called.compareAndSet(false, true);
        }
        if (lease.outcome() != Outcome.ANSWERED) {
            return false;
        }
        passed.increment();
        if (run.get() != 0) {
            run.set(0);
            alarm = threshold;
        }
        return onTrial && called.compareAndSet(false, true);
    }

    private static boolean isFailure(Lease lease) {
        Outcome outcome = lease.outcome();
        return outcome == Outcome.CONNECT_FAILED
                || outcome == Outcome.RESET
                || (outcome == Outcome.TIMED_OUT && !lease.wasAnswered())
                || (outcome == Outcome.ANSWERED && GATEWAY.contains(lease.status()));
    }

    private static String inWords(Lease lease) {
        if (lease.outcome() == Outcome.ANSWERED) {
            return "status " + lease.status();
        }
        return switch (lease.outcome() == null ? Outcome.ABANDONED : lease.outcome()) {
            case CONNECT_FAILED -> "no connection";
            case RESET -> "connection reset";
            default -> "no answer in time";
        };
    }

    /** The control context has come. Control context only, as all below. */
    void heard() {
        called.set(false);
    }

    /** Calls at rows of this length from now on. */
    void callAt(int length) {
        threshold = length;
        alarm = length;
    }

    /** It is out: nothing of it is to be judged. */
    void callNever() {
        onTrial = false;
        callAt(NEVER);
    }

    /** This row was looked at: calls again when it has become this long. */
    void callAgainAt(int length) {
        alarm = length;
    }

    /** Nothing that was sent before now counts any longer; on trial, the first request that ends is called. */
    void beginAnew(long now, boolean trial, int length) {
        countsFrom = now;
        onTrial = trial;
        run.set(0);
        callAt(length);
    }

    long passed() {
        return passed.sum();
    }

    long failed() {
        return failed.sum();
    }

    int run() {
        return run.get();
    }

    /** What the last failure was: {@code "no connection"}, {@code "status 503"}. */
    String last() {
        return last;
    }
}
