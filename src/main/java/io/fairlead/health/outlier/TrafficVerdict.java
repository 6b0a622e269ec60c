package io.fairlead.health.outlier;

import java.time.Instant;

/**
 * What is made of a member on evidence from live traffic.
 *
 * @param standing whether it gets requests
 * @param since when it came to that
 * @param reason why, in words
 */
public record TrafficVerdict(Standing standing, Instant since, String reason) {
    /** Whether a member gets requests, as far as live traffic tells. */
    public enum Standing {
        /** It does. */
        WELL,
        /** It does not, for a time. */
        EJECTED,
        /** The time is over: it gets one request at a time until one has been answered well. */
        ON_TRIAL
    }

    boolean is(Standing one) {
        return standing == one;
    }
}
