package io.fairlead.health.outlier;

import io.fairlead.health.Ground;
import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import io.fairlead.settings.Share;
import java.time.Duration;

/**
 * When live traffic takes a member out for a time: {@code [pools.X.outlier]}.
 *
 * @param consecutiveFailures failed requests in a row that make a member suspect: connect failures, resets, time-outs, answers
 *     with 502, 503 or 504. If its peers fail as well, more are asked for. 0: never
 * @param latencyFactor a member is suspect if its p90 is this many times its peers' median p90; 1.5 or more, 0: never
 * @param ejectionTime of the first ejection; the second in a row takes twice as long, and so on up to five minutes; 100 ms
 *     to 24 h
 * @param maxEjected at most this share of the members at one time, but one may always be; 0% to 100%, 0%: none. The last one that
 *     serves is never ejected
 * @param mode whether it is done or only said
 */
public record OutlierSettings(
        @Default("5") int consecutiveFailures,
        @Default("0.0") double latencyFactor,
        @Default("10s") Duration ejectionTime,
        @Default("50%") Share maxEjected,
        @Default("enforce") Mode mode) {
    /** What becomes of an outlier. */
    public enum Mode {
        /** It is ejected. */
        ENFORCE,
        /** It is said that it would be, and no more. */
        OBSERVE
    }

    private static final double LEAST_FACTOR = 1.5;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** All at its default. */
    public static final OutlierSettings STANDARD =
            new OutlierSettings(5, 0, Duration.ofSeconds(10), new Share(0.5), Mode.ENFORCE);

    public OutlierSettings {
        Range.atLeast("consecutive_failures", consecutiveFailures, 0);
        if (latencyFactor != 0 && !(latencyFactor >= LEAST_FACTOR && Double.isFinite(latencyFactor))) {
            throw new IllegalArgumentException(
                    "latency_factor: " + latencyFactor + " (expected: " + LEAST_FACTOR + " or more, or 0.0 for never)");
        }
        Range.atLeast("ejection_time", ejectionTime, SHORTEST);
        if (ejectionTime.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "ejection_time: " + ejectionTime.toSeconds() + "s (expected: 24h or less)");
        }
        if (maxEjected.fraction() > 1) {
            throw new IllegalArgumentException("max_ejected: " + maxEjected + " (expected: 0% to 100%)");
        }
    }

    /** Whether traffic may speak against a member on this ground, be it done or only said. */
    boolean judges(Ground ground) {
        return switch (ground) {
            case FAILURES -> consecutiveFailures > 0;
            case LATENCY -> latencyFactor > 0;
        };
    }

    /** Whether any member may be ejected on this ground. */
    boolean ejectsFor(Ground ground) {
        return mode == Mode.ENFORCE && maxEjected.fraction() > 0 && judges(ground);
    }

    /** How many of so many members may be ejected at one time. */
    int mostEjected(int members) {
        return maxEjected.fraction() == 0 ? 0 : Math.max(1, (int) (maxEjected.fraction() * members + 1e-9));
    }
}
