package io.fairlead.pool;

import io.fairlead.member.Member;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries under way at one time to a share of the pool's requests in flight, with a floor of 3, so that an
 * outage is not multiplied; as Envoy's retry budget does.
 */
public final class RetryBudget {
    private static final int FLOOR = 3;

    private final RetrySettings settings;
    private final List<Member> members;
    // Any event loop. An atomic because all loops draw on the one budget.
    private final AtomicInteger underWay = new AtomicInteger();

    RetryBudget(RetrySettings settings, List<Member> members) {
        this.settings = settings;
        this.members = members;
    }

    List<Member> members() {
        return members;
    }

    /** Takes the right to one retry, to be given back by {@link #release()}. Any event loop. */
    public boolean tryAcquire() {
        int limit = Math.max(FLOOR, (int) (settings.budget().fraction() * inFlight()));
        return underWay.getAndUpdate(retries -> retries < limit ? retries + 1 : retries) < limit;
    }

    /** Gives back what {@link #tryAcquire()} took. Any event loop. */
    public void release() {
        underWay.decrementAndGet();
    }

    private int inFlight() {
        int sum = 0;
        for (Member member : members) {
            sum += member.inFlight();
        }
        return sum;
    }
}
