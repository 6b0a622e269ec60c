package io.fairlead.pool;

import io.fairlead.member.Member;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/**
 * Bounds the retries of a pool to a share of its requests, so that an outage is not multiplied: members see at most
 * (1 + share) times what clients send, and once what quiet times saved up.
 *
 * <p>Each request puts its share of a retry into a reserve; a retry takes one out. The reserve holds at most as many
 * retries as requests are in flight, and 100 at least: so all that was in flight at a member that is killed can be sent
 * elsewhere at once, while a lasting failure is retried at the configured share only. A share of 0% has no reserve. So that
 * a pool with few requests is not left without retries, 3 in a second are allowed whatever the reserve; retries out of
 * the reserve count among these, so a busy pool gets no more for it. The idea is Finagle's RetryBudget, the bound on what may
 * be saved up and the way in which the floor is counted are ours.
 *
 * <p>Retries after a failure to connect are not bounded by it: that member got no request, so no load is multiplied. When
 * all refuse, the number of attempts is the bound.
 *
 * <p>A request costs one addition; the reserve is reckoned when a retry asks.
 */
public final class RetryBudget {
    private static final int FLOOR_PER_SECOND = 3;
    private static final int LEAST_RESERVE = 100;
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier ticker;
    // Control context writes, event loops read.
    private volatile double share;
    private volatile List<Member> members;
    // Any event loop. An adder because every request of every loop counts.
    private final LongAdder requests = new LongAdder();
    // Any event loop, guarded by this: retries are rare.
    private double reserve;
    private long reckoned;
    private double floor = FLOOR_PER_SECOND;
    private long flooredAt;

    RetryBudget(RetrySettings settings, List<Member> members, LongSupplier ticker) {
        this.share = settings.budget().fraction();
        this.members = members;
        this.ticker = ticker;
        this.reserve = share > 0 ? LEAST_RESERVE : 0;
        this.flooredAt = ticker.getAsLong();
    }

    /** Goes by other settings from now on; what was saved up stays, unless there is to be no reserve. Control context only. */
    synchronized void take(RetrySettings settings, List<Member> present) {
        reckon();
        if (settings.budget().fraction() == 0) {
            reserve = 0;
        } else if (share == 0) {
            reserve = LEAST_RESERVE;
        }
        share = settings.budget().fraction();
        members = present;
    }

    /** A request of the pool came. Any event loop. */
    public void requested() {
        requests.increment();
    }

    /** Takes the right to one retry, if there is one. Any event loop. */
    public synchronized boolean tryAcquire() {
        reckon();
        if (reserve >= 1) {
            reserve -= 1;
            floor = Math.max(0, floor - 1);
            return true;
        }
        if (floor >= 1) {
            floor -= 1;
            return true;
        }
        return false;
    }

    /** How many retries would be allowed at once. Any thread; takes nothing. */
    public synchronized int remaining() {
        return (int) Math.max(reserveAt(requests.sum()), floorAt(ticker.getAsLong()));
    }

    private void reckon() {
        long count = requests.sum();
        reserve = reserveAt(count);
        reckoned = count;
        long now = ticker.getAsLong();
        floor = floorAt(now);
        flooredAt = now;
    }

    private double reserveAt(long count) {
        double filled = reserve + share * (count - reckoned);
        // those in flight are counted only where it matters: there may be thousands of members
        return filled <= LEAST_RESERVE ? filled : Math.min(filled, Math.max(LEAST_RESERVE, inFlight()));
    }

    private double floorAt(long now) {
        return Math.min(FLOOR_PER_SECOND, floor + FLOOR_PER_SECOND * ((now - flooredAt) / SECOND));
    }

    private int inFlight() {
        int sum = 0;
        for (Member member : members) {
            sum += member.inFlight();
        }
        return sum;
    }
}
