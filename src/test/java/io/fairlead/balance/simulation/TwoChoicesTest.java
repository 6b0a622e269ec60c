package io.fairlead.balance.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What two choices do, against theory [1]: 100 members that serve one request at a time, exponential service of mean 1, load
 * 0.9. With one choice the mean time in system is 1 / (1 - 0.9) = 10; with two it is, for many members, the sum of
 * 0.9^(2^i - 2) for i = 1, 2, ...: 1 + 0.81 + 0.531 + 0.229 + 0.042 + 0.001 = 2.614.
 *
 * <p>How long to run. One choice makes 100 queues independent of each other. Of the number in such a queue, the mean over a
 * time t has the variance 2r(1+r)/((1-r)^4 t) = 34 200 / t; for 100 of them 342 / t; and t is N / 90 for N requests. At two
 * million requests the standard error of the number is 0.124 and that of the time 0.14. Memory fades with 1 / (1 - sqrt(r))^2 =
 * 380, 34 000 requests, so 200 000 warm it up to e^-6. Two choices forget faster and vary less.
 *
 * <p>[1] M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE Transactions on Parallel and
 * Distributed Systems 12 (2001), section 3.
 */
class TwoChoicesTest {
    private static final int REQUESTS = 2_000_000;

    @Test
    void oneChoiceTakesTen() {
        assertThat(meanTime("random", REQUESTS, 1))
                .as("10, give or take five standard errors")
                .isEqualTo(10, within(0.7));
    }

    @Test
    void twoChoicesTakeTwoPointSix() {
        double[] times = new double[5];
        double sum = 0;
        for (int run = 0; run < times.length; run++) {
            times[run] = meanTime("power-of-two", REQUESTS / times.length, run);
            sum += times[run];
        }
        double mean = sum / times.length;
        double squares = 0;
        for (double time : times) {
            squares += (time - mean) * (time - mean);
        }
        double standardError = Math.sqrt(squares / (times.length - 1) / times.length);
        assertThat(standardError).as("of five runs").isLessThan(0.1 / 5);
        assertThat(mean).isEqualTo(2.6, within(0.1));
    }

    /** Two choices by latency are as good where the members are equal. Theory knows nothing of it; the tolerance is that of two. */
    @Test
    void peakEwmaLosesNothingAmongEquals() {
        assertThat(meanTime("peak-ewma", REQUESTS / 4, 1)).isEqualTo(2.6, within(0.15));
    }

    /** In units of the service time. */
    private static double meanTime(String strategy, int requests, long seed) {
        Duration unit = Duration.ofSeconds(1);
        Simulation simulation = new Simulation(Strategies.named(strategy), seed).warmUp(200_000);
        for (int member = 0; member < 100; member++) {
            simulation.member(Service.queue(Span.exponential(unit)));
        }
        return simulation.run(Arrivals.poisson(90), requests).mean() / unit.toNanos();
    }
}
