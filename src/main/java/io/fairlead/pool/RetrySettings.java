package io.fairlead.pool;

import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.Set;

/**
 * When a request that met a failure is tried on another member: {@code [pools.X.retry]}.
 *
 * @param attempts tries in all, each on another member; 1 to 10, 1 turns retries off
 * @param on after what another member is tried; {@code "504"} stands for Fairlead's own time-outs too, those of
 *     {@code first_byte} and of {@code per_try_timeout}
 * @param budget retries of requests that were sent, as a share of the pool's requests, 0% to 100%; a burst up to the number
 *     of requests in flight is covered by what quiet times saved, and 3 in a second are always allowed
 * @param perTryTimeout how long a member may take to the head of its answer, connecting included, before another one is
 *     tried; where none can be, the wait goes on until {@code first_byte}. Zero: no limit
 * @param nonIdempotent also retry POST, PATCH and other methods that may not be repeated, after the request was sent;
 *     failures to connect are retried for every method all the same
 */
public record RetrySettings(
        @Default("3") int attempts,
        @Default("connect-failure, reset, 502, 503, 504") Set<RetryCondition> on,
        @Default("20%") Share budget,
        @Default("0s") Duration perTryTimeout,
        @Default("false") boolean nonIdempotent) {

    public RetrySettings {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 to 10)");
        }
        if (budget.fraction() > 1) {
            throw new IllegalArgumentException("budget: " + budget + " (expected: 0% to 100%)");
        }
        Range.atLeast("per_try_timeout", perTryTimeout, Duration.ZERO);
        on = Set.copyOf(on);
    }

    /** Whether another member is tried after this. */
    public boolean isOn(RetryCondition happened) {
        for (RetryCondition condition : on) {
            if (condition.covers(happened)) {
                return true;
            }
        }
        return false;
    }
}
