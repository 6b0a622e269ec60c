package io.fairlead.stats;

import java.time.Duration;

/** In what steps the past is kept, and for how long. */
public enum Resolution {
    /** Ten seconds, for an hour. */
    TEN_SECONDS(Duration.ofSeconds(10), Duration.ofHours(1)),
    /** A minute, for a day. */
    MINUTE(Duration.ofMinutes(1), Duration.ofDays(1));

    private final Duration step;
    private final Duration kept;

    Resolution(Duration step, Duration kept) {
        this.step = step;
        this.kept = kept;
    }

    /** The finest that is kept for so long; for what is longer than all, the coarsest. */
    public static Resolution covering(Duration last) {
        return last.compareTo(TEN_SECONDS.kept) <= 0 ? TEN_SECONDS : MINUTE;
    }

    /** The length of one interval. */
    public Duration step() {
        return step;
    }

    /** How far back intervals are kept, if the memory for all of them together suffices. */
    public Duration kept() {
        return kept;
    }
}
