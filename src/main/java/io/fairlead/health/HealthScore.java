package io.fairlead.health;

/**
 * Rise and fall as one number. Above zero the member is up, and {@code value} failures in a row would take it down; below
 * zero it is down, and {@code -value} passes in a row would bring it up; at zero nothing is known yet, and the next result
 * decides. A result that agrees with what the member is winds the number back to the full count, so that only
 * consecutive opposite results add up, as with HAProxy's {@code rise} and {@code fall}.
 *
 * @param rise passes in a row that bring a member up; 1 or more
 * @param fall failures in a row that take a member down; 1 or more
 * @param value {@code -rise} to {@code fall}
 */
public record HealthScore(int rise, int fall, int value) {
    public HealthScore {
        if (rise < 1 || fall < 1 || value < -rise || value > fall) {
            throw new IllegalArgumentException("rise " + rise + ", fall " + fall + ", value " + value
                    + " (expected: rise and fall 1 or more, value from -rise to fall)");
        }
    }

    /** The score before the first result. */
    public static HealthScore atStart(HealthSettings settings) {
        int value = settings.start() == HealthSettings.Start.UP ? settings.fall() : 0;
        return new HealthScore(settings.rise(), settings.fall(), value);
    }

    /** The score after one more result. */
    public HealthScore observe(boolean passed) {
        if (passed) {
            return new HealthScore(rise, fall, value >= -1 ? fall : value + 1);
        }
        return new HealthScore(rise, fall, value <= 1 ? -rise : value - 1);
    }

    /** Whether the member may get requests, as far as probes tell. */
    public boolean isUp() {
        return value > 0;
    }

    /** {@code UP}, {@code FALLING}, {@code DOWN} or {@code RISING}; {@code CHECKING} before the first result. */
    public HealthState state() {
        if (value == 0) {
            return HealthState.CHECKING;
        }
        if (value > 0) {
            return value == fall ? HealthState.UP : HealthState.FALLING;
        }
        return value == -rise ? HealthState.DOWN : HealthState.RISING;
    }

    /**
     * How many of the results that the way to this state takes are in: {@code "2 of 3"} failures while falling, passes
     * while rising, and all of them once the member has flipped.
     */
    public String count() {
        return switch (state()) {
            case UP -> rise + " of " + rise;
            case FALLING -> (fall - value) + " of " + fall;
            case RISING -> (rise + value) + " of " + rise;
            case DOWN -> fall + " of " + fall;
            default -> "0 of 1";
        };
    }
}
