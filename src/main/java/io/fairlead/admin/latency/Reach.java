package io.fairlead.admin.latency;

import io.fairlead.stats.Resolution;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far back a history goes. */
enum Reach {
    /** In steps of ten seconds, the overview of all members in cells of a minute. */
    HOUR("1h", Resolution.TEN_SECONDS, Duration.ofMinutes(1)),
    /** In steps of a minute, the overview in cells of half an hour. */
    DAY("24h", Resolution.MINUTE, Duration.ofMinutes(30));

    private final String word;
    private final Resolution resolution;
    private final Duration cell;

    Reach(String word, Resolution resolution, Duration cell) {
        this.word = word;
        this.resolution = resolution;
        this.cell = cell;
    }

    /**
     * By its word; an hour if there is none.
     *
     * @throws IllegalArgumentException if it is another word
     */
    static Reach of(@Nullable String word) {
        if (word == null) {
            return HOUR;
        }
        for (Reach each : values()) {
            if (each.word.equals(word)) {
                return each;
            }
        }
        throw new IllegalArgumentException("window: \"" + word + "\" (expected: 1h or 24h)");
    }

    /** As a request says it. */
    String word() {
        return word;
    }

    /** The steps in which so much is kept. */
    Resolution resolution() {
        return resolution;
    }

    /** The length of a cell of the overview. */
    Duration cell() {
        return cell;
    }

    /** All of it until now, in columns of this length. */
    Columns columns(Instant at, Duration step) {
        return Columns.endingAt(at, step, (int) resolution.kept().dividedBy(step));
    }
}
