package io.fairlead.balance.strategy;

import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import java.time.Duration;

/**
 * What {@code peak-ewma} can be told.
 *
 * @param decay how long a bad latency is remembered: after this time without another it counts for 37 % (1/e) of what it
 *     was; 100 ms to 10 min
 */
public record PeakEwmaOptions(@Default("3s") Duration decay) {
    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofMinutes(10);

    public PeakEwmaOptions {
        Range.atLeast("decay", decay, SHORTEST);
        if (decay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "decay: " + decay.toSeconds() + "s (expected: " + LONGEST.toMinutes() + "m or less)");
        }
    }
}
