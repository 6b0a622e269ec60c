package io.fairlead.stats;

import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;

/**
 * One member's total times in one stretch of time. Cut at samples: what happened in the second of the cut belongs to the
 * interval in which that second began. Immutable, any thread.
 */
public interface Interval {
    /** Where it begins: a whole minute, or ten seconds, of the clock. */
    Instant from();

    /** How long it is; of the present one, which is not over, how long so far. */
    Duration length();

    /** How many answers there were; more than 0. Decodes, but makes no histogram. */
    long count();

    /** Adds all durations, in microseconds. */
    void addTo(Histogram target);

    /** All durations, in microseconds; decoded at each call. */
    Histogram latencies();
}
