package io.fairlead.pool;

import io.fairlead.settings.Default;
import io.fairlead.settings.Share;
import java.util.Set;

/**
 * When a request that met a failure is tried on another member: {@code [pools.X.retry]}.
 *
 * @param attempts tries in all, each on another member; 1 to 10, 1 turns retries off
 * @param on which failures are tried again
 * @param budget retries of requests that were sent, as a share of the pool's requests; a burst up to the number of requests
 *     in flight is covered by what quiet times saved, and 3 at one time are always allowed
 * @param nonIdempotent also retry POST, PATCH and other methods that may not be repeated, after the request was sent;
 *     failures to connect are retried for every method all the same
 */
public record RetrySettings(
        @Default("3") int attempts,
        @Default("connect-failure, reset") Set<Condition> on,
        @Default("20%") Share budget,
        @Default("false") boolean nonIdempotent) {

    /** A failure after which another attempt makes sense. */
    public enum Condition {
        /** No connection could be had. */
        CONNECT_FAILURE,
        /** The connection broke before anything of the answer came. */
        RESET
    }

    public RetrySettings {
        if (attempts < 1 || attempts > 10) {
            throw new IllegalArgumentException("attempts: " + attempts + " (expected: 1 to 10)");
        }
        if (budget.fraction() > 1) {
            throw new IllegalArgumentException("budget: " + budget + " (expected: 0% to 100%)");
        }
        on = Set.copyOf(on);
    }
}
