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
    private static final String[][] WORDS = usualWords();

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
        int next = passed ? (value >= -1 ? fall : value + 1) : (value <= 1 ? -rise : value - 1);
        return next == value ? this : new HealthScore(rise, fall, next);
    }

    /**
     * The score when other counts are asked for, or another check: what the member is, it stays until all of them are in.
     *
     * @param newRise 1 or more
     * @param newFall 1 or more
     */
    public HealthScore carriedTo(int newRise, int newFall) {
        int settled = isUp() ? newFall : -newRise;
        return new HealthScore(newRise, newFall, value == 0 ? 0 : settled);
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
            case UP -> words(rise, rise);
            case FALLING -> words(fall - value, fall);
            case RISING -> words(rise + value, rise);
            case DOWN -> words(fall, fall);
            default -> words(0, 1);
        };
    }

    /** Hundreds are remembered per member: the usual ones are made once. */
    private static String words(int count, int all) {
        return all < WORDS.length ? WORDS[all][count] : count + " of " + all;
    }

    private static String[][] usualWords() {
        String[][] words = new String[16][];
        for (int all = 0; all < words.length; all++) {
            words[all] = new String[all + 1];
            for (int count = 0; count <= all; count++) {
                words[all][count] = count + " of " + all;
            }
        }
        return words;
    }
}
