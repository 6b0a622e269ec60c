package io.fairlead.health.outlier;

import java.util.concurrent.TimeUnit;

/**
 * The share of a member's requests that failed of late: older ones count half as much every five seconds. A row of failures
 * that lasts up to now counts for itself, so that a failure which has only begun is seen as well.
 *
 * <p>Control context only.
 */
final class FailureShare {
    private static final double HALF_LIFE = TimeUnit.SECONDS.toNanos(5);
    private static final int SHORTEST_ROW = 2;

    private final Evidence evidence;
    private long sampledAt;
    private long passedThen;
    private long failedThen;
    private double passed;
    private double failed;

    FailureShare(Evidence evidence, long now) {
        this.evidence = evidence;
        this.sampledAt = now;
    }

    /** Between 0 and less than 1. */
    double at(long now) {
        sample(now);
        int row = evidence.run();
        double ofRow = row < SHORTEST_ROW ? 0 : row / (row + 1.0);
        return Math.max(failed / (passed + failed + 1), ofRow);
    }

    private void sample(long now) {
        double fade = Math.pow(0.5, (now - sampledAt) / HALF_LIFE);
        sampledAt = now;
        long passedNow = evidence.passed();
        long failedNow = evidence.failed();
        passed = passed * fade + (passedNow - passedThen);
        failed = failed * fade + (failedNow - failedThen);
        passedThen = passedNow;
        failedThen = failedNow;
    }
}
