package io.fairlead.health.outlier;

/**
 * How long a member took for its last requests.
 *
 * @param count how many there were
 * @param p90Millis nine in ten took no longer
 */
public record RecentLatency(long count, double p90Millis) {}
