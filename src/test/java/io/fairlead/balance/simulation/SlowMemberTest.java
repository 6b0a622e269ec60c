package io.fairlead.balance.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Five members, one of them ten times slower, at 70 % of what they can do together. Its speed is worth 0.1 / 4.1 = 2.4 % of the
 * traffic; round robin gives it 20 %, and its queue grows without end.
 *
 * <p>A share of 2.4 % of 300,000 requests has a standard error of sqrt(0.024 x 0.976 / 300 000) = 0.03 %, or 0.1 % if ten
 * successive requests went together: 4 % of the share, a fifth of what is allowed.
 */
class SlowMemberTest {
    private static final double LOAD = 0.7;
    private static final double WORTH = 0.1 / 4.1;

    /**
     * Members of 16 workers each. Fewest in flight means that the slow one has as many as the others, so it is about as well
     * used as they are, and gets what it can do.
     */
    @Test
    void leastConnectionsGivesTheSlowWhatItsSpeedIsWorth() {
        Results results = run("least-connections", 16);
        assertThat(results.share(0)).isEqualTo(WORTH, within(0.2 * WORTH));
        assertThat(roundRobin(16).percentile(99)).isGreaterThan(3 * results.percentile(99));
    }

    /**
     * Members that serve one request at a time. Here as many in flight means at least one nearly always, so that the slow
     * one works without a pause where the others rest for 30 % of the time: it gets more than its worth, but no more than it
     * can do, which is its worth / 0.7.
     */
    @Test
    void leastConnectionsNeverGivesTheSlowMoreThanItCanDo() {
        Results results = run("least-connections", 1);
        assertThat(results.share(0)).isBetween(WORTH, WORTH / LOAD * 1.02);
        assertThat(roundRobin(1).percentile(99)).isGreaterThan(3 * results.percentile(99));
    }

    /** By latency the slow one gets even less than its worth, and fewer requests are slow. */
    @Test
    void peakEwmaSparesTheSlow() {
        for (int workers : new int[] {1, 16}) {
            Results results = run("peak-ewma", workers);
            assertThat(results.share(0)).isBetween(0.1 * WORTH, WORTH);
            assertThat(results.percentile(99))
                    .isLessThan(run("least-connections", workers).percentile(99));
        }
    }

    /** The shorter, the better for it: its percentiles grow as long as it runs. */
    private static Results roundRobin(int workers) {
        return run("round-robin", workers, 30_000);
    }

    private static Results run(String strategy, int workers) {
        return run(strategy, workers, 300_000);
    }

    private static Results run(String strategy, int workers, int requests) {
        Simulation simulation = new Simulation(Strategies.named(strategy), 1)
                .warmUp(20_000)
                .member(Service.queue(workers, Span.exponential(Duration.ofMillis(100))));
        for (int member = 1; member < 5; member++) {
            simulation.member(Service.queue(workers, Span.exponential(Duration.ofMillis(10))));
        }
        double perSecond = LOAD * workers * 4.1 * 100;
        return simulation.run(Arrivals.poisson(perSecond), requests);
    }
}
