package io.fairlead.settings;

import java.time.Duration;

/** Range checks that several settings records share, with messages of the one form {@code name: value (expected: rule)}. */
public final class Range {
    private Range() {}

    /**
     * Refuses a shorter duration.
     *
     * @throws IllegalArgumentException if the value is shorter than the least
     */
    public static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    name + ": " + value.toMillis() + "ms (expected: " + least.toMillis() + "ms or more)");
        }
    }

    /**
     * Refuses a smaller number.
     *
     * @throws IllegalArgumentException if the value is less than the least
     */
    public static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " or more)");
        }
    }
}
