package io.fairlead.admin.program;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * On which condition a new configuration stays: it goes back by itself if nobody confirms it in time, or if too many requests
 * fail meanwhile.
 *
 * @param confirmWithin more than zero, an hour at most
 * @param errorsOver the share of failed requests, 0 to 1, over which it goes back at once: answers of 500 and above,
 *     of all that ended since the first sample after it was taken, once that are twenty; empty: whatever fails
 */
public record Trial(Duration confirmWithin, OptionalDouble errorsOver) {
    private static final Duration LONGEST = Duration.ofHours(1);

    public Trial {
        if (confirmWithin.isNegative() || confirmWithin.isZero() || confirmWithin.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "confirm: " + confirmWithin.toMillis() + "ms (expected: more than 0s, 1h at most)");
        }
        if (errorsOver.isPresent() && !(errorsOver.getAsDouble() >= 0 && errorsOver.getAsDouble() < 1)) {
            throw new IllegalArgumentException("rollback_if: errors>" + errorsOver.getAsDouble() * 100
                    + "% (expected: 0% or more, less than 100%)");
        }
    }
}
