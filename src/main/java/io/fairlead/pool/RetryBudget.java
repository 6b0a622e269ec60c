package io.fairlead.pool;

import io.fairlead.member.Member;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds the retries of a pool to a share of its requests, so that an outage is not multiplied.
 *
 * <p>Each request puts its share of a retry into a reserve; a retry takes one out. The reserve holds at most as many
 * retries as requests are in flight, and 100 at least: so all that was in flight at a member that is killed can be sent
 * elsewhere at once, while a lasting failure is retried at the configured share only. When the reserve is empty, up to 3
 * retries may still be under way at one time. The idea is Finagle's RetryBudget, the bound on what may be saved up is ours.
 *
 * <p>Retries after a failure to connect are not bounded by it: that member got no request, so no load is multiplied.
 */
public final class RetryBudget {
    private static final int FLOOR = 3;
    private static final int LEAST_RESERVE = 100;
    private static final long ONE_RETRY = 1_000_000;

    private final List<Member> members;
    private final long deposit;
    // Any event loop. Atomics because all loops draw on the one budget.
    private final AtomicLong reserve = new AtomicLong(LEAST_RESERVE * ONE_RETRY);
    private final AtomicInteger underWay = new AtomicInteger();

    RetryBudget(RetrySettings settings, List<Member> members) {
        this.members = members;
        this.deposit = (long) (settings.budget().fraction() * ONE_RETRY);
    }

    /** A request of the pool came. Any event loop; only a read while the reserve is full. */
    public void requested() {
        if (reserve.get() < LEAST_RESERVE * ONE_RETRY || reserve.get() < inFlight() * ONE_RETRY) {
            reserve.addAndGet(deposit);
        }
    }

    /** Takes the right to one retry, to be given back by {@link #release()} when it ended. Any event loop. */
    public boolean tryAcquire() {
        if (underWay.incrementAndGet() <= FLOOR) {
            return true;
        }
        if (reserve.addAndGet(-ONE_RETRY) >= 0) {
            return true;
        }
        reserve.addAndGet(ONE_RETRY);
        underWay.decrementAndGet();
        return false;
    }

    /** A retry ended. Any event loop. */
    public void release() {
        underWay.decrementAndGet();
    }

    private long inFlight() {
        long sum = 0;
        for (Member member : members) {
            sum += member.inFlight();
        }
        return sum;
    }
}
