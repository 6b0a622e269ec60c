package io.fairlead.health;

import java.time.Instant;

/**
 * What is known of a member's health at a moment, in a form to be shown.
 *
 * @param state what it is
 * @param since when it last began or ceased to serve
 * @param source on whose word
 * @param reason why it is so, in words: {@code "2 of 2 probes passed"}
 * @param onTrial whether it is to get one request at a time, because it was ejected and has not answered since
 */
public record Health(HealthState state, Instant since, Source source, String reason, boolean onTrial) {
    /** Of a member that is in full service or in none. */
    public Health(HealthState state, Instant since, Source source, String reason) {
        this(state, since, source, reason, false);
    }

    /** Of a member that nothing checks: it counts as up. */
    public static Health unchecked(Instant since) {
        return new Health(HealthState.UP, since, Source.DISCOVERY, "no health check is configured");
    }

    /** Of a member that is to be checked and has not been yet. */
    public static Health checking(Instant since) {
        return new Health(HealthState.CHECKING, since, Source.ACTIVE, "no probe has ended yet");
    }

    /** Of a member whose host name leads nowhere. */
    public static Health unresolved(Instant since, String reason) {
        return new Health(HealthState.UNRESOLVED, since, Source.DISCOVERY, reason);
    }
}
