package io.fairlead.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * One ended probe.
 *
 * @param result how it ended
 * @param at when it ended
 * @param took from its start to its end
 * @param next when the next one starts
 * @param count how many results of its kind, in a row, that makes of those that matter: {@code "2 of 3"}
 */
public record ProbeReport(ProbeResult result, Instant at, Duration took, Instant next, String count)
        implements HistoryEntry {
    /** What was seen, for people; of a probe that passed with the time that it took: {@code "200 in 1.2 ms"}. */
    public String inWords() {
        return result instanceof ProbeResult.Passed
                ? String.format(Locale.ROOT, "%s in %.1f ms", result.detail(), took.toNanos() / 1e6)
                : result.detail();
    }
}
