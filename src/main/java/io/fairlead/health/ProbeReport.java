package io.fairlead.health;

import java.time.Duration;
import java.time.Instant;

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
        implements HistoryEntry {}
