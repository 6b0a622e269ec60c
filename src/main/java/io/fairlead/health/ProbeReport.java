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
 */
public record ProbeReport(ProbeResult result, Instant at, Duration took, Instant next) {}
