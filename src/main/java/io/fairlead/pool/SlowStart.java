package io.fairlead.pool;

import java.time.Duration;

/**
 * The part of its weight that a member gets after it came up: a tenth at once, all of it after the configured time, and a
 * straight line between, in steps of 5 %, so that the pickers are made anew 18 times and not at every look.
 *
 * <p>HAProxy's {@code slowstart} is linear likewise; the floor is that of Envoy's {@code min_weight_percent}.
 */
final class SlowStart {
    private static final double FLOOR = 0.1;
    private static final int STEPS = 20;

    private SlowStart() {}

    /** The part, 0.1 to 1, so long after it came up; 1 if there is no slow start. */
    static double part(Duration time, long nanosSinceUp) {
        if (nanosSinceUp >= time.toNanos()) {
            return 1;
        }
        double passed = (double) nanosSinceUp / time.toNanos();
        return Math.max(FLOOR, Math.floor(passed * STEPS) / STEPS);
    }
}
