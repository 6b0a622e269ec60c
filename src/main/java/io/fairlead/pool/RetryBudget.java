package io.fairlead.pool;

import io.fairlead.member.Member;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Bounds the retries of a pool to a share of its requests, so that an outage is not multiplied.
 *
 * <p>Each request puts its share of a retry into a reserve; a retry takes one out. The reserve holds at most as many
 * retries as requests are in flight, and 100 at least: so all that was in flight at a member that is killed can be sent
 * elsewhere at once, while a lasting failure is retried at the configured share only. A share of 0% has no reserve. Without
 * one, up to 3 retries may still be under way at one time. The idea is Finagle's RetryBudget, the bound on what may be saved up is ours.
 *
 * <p>Retries after a failure to connect are not bounded by it: that member got no request, so no load is multiplied.
 *
 * <p>A request costs one addition; the reserve is reckoned when a retry asks.
 */
public final class RetryBudget {
    private static final int FLOOR = 3;
    private static final int LEAST_RESERVE = 100;

    private final double share;
    private final List<Member> members;
    // Any event loop. An adder because every request of every loop counts.
    private final LongAdder requests = new LongAdder();
    // Any event loop, guarded by this: retries are rare.
    private double reserve;
    private long reckoned;
    private int underWay;

    RetryBudget(RetrySettings settings, List<Member> members) {
        this.share = settings.budget().fraction();
        this.members = members;
        this.reserve = largestReserve();
    }

    /** A request of the pool came. Any event loop. */
    public void requested() {
        requests.increment();
    }

    /** Takes the right to one retry, to be given back by {@link #release()} when it ended. Any event loop. */
    public synchronized boolean tryAcquire() {
        if (underWay >= FLOOR) {
            reckon();
            if (reserve < 1) {
                return false;
            }
            reserve -= 1;
        }
        underWay++;
        return true;
    }

    /** A retry ended. Any event loop. */
    public synchronized void release() {
        underWay--;
    }

    private void reckon() {
        long now = requests.sum();
        reserve = Math.min(largestReserve(), reserve + share * (now - reckoned));
        reckoned = now;
    }

    private int largestReserve() {
        return share > 0 ? Math.max(LEAST_RESERVE, inFlight()) : 0;
    }

    private int inFlight() {
        int sum = 0;
        for (Member member : members) {
            sum += member.inFlight();
        }
        return sum;
    }
}
