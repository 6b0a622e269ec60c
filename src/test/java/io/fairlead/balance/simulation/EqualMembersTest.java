package io.fairlead.balance.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Nobody starves under peak-ewma: five equal members and 1,500 requests, one at a time. A strategy that compares noisy
 * averages to the letter gives one of them next to nothing.
 *
 * <p>Each is to get 15 %. That is also what four get when two choices always prefer the fifth: it is one of the two drawn in
 * 40 % of all cases, and the others share the rest. Were every pick by chance, the standard error of a share would be
 * sqrt(0.2 x 0.8 / 1500) = 1 %, and 15 % five of it away; as the one that waited longer wins among equals, it is less.
 */
class EqualMembersTest {
    private static final int MEMBERS = 5;
    private static final int REQUESTS = 1500;
    private static final int SEEDS = 20;

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 1000})
    void constantLatenciesAreSharedEvenly(int millis) {
        assertThat(leastShare(member -> Span.constant(Duration.ofMillis(millis))))
                .isBetween(0.15, 0.2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 1000})
    void noiseIsNoReasonToPreferAnybody(int millis) {
        assertThat(leastShare(member -> Span.logNormal(Duration.ofMillis(millis), 0.5)))
                .isBetween(0.15, 0.2);
    }

    /**
     * One answer takes ten times as long. Then the member is left alone for ten times that, 100 requests: of 1,500, a fifth of
     * 1,400 remains, 18.7 %, less the 2.5 requests that it takes on average until it is drawn (one of two of five). A share by
     * chance alone has a standard error of 1 %, so 15 % is more than three of it away.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 20, 1000})
    void whoPausedOnceIsSoonBack(int millis) {
        for (int pausedAt : new int[] {0, 50}) {
            assertThat(leastShare(member -> member == 0
                            ? pausing(Duration.ofMillis(millis), pausedAt)
                            : Span.constant(Duration.ofMillis(millis))))
                    .isBetween(0.15, 0.19);
        }
    }

    /**
     * A member that stays ten times slower is tried once in ten of its turns: its share is a tenth of a fifth, less the time
     * until it is drawn: one of 50 + 2.5 requests, 1.9 %. Or else when what is known against it has faded to within a factor
     * of 3, after ln(10 / 3) = 1.2 decays: of 3 s, at ten requests a second, one of 36 + 2.5, 2.6 %. Over 20 x 1,500 of them
     * the standard error is at most sqrt(0.03 x 0.97 / 30 000) = 0.1 %, and the tolerance four of it.
     */
    @ParameterizedTest
    @CsvSource({"10, 52.5", "3, 38.6"})
    void whoStaysSlowIsTriedNowAndThen(int decaySeconds, double requestsPerTrial) {
        double sum = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Simulation simulation =
                    new Simulation(Strategies.peakEwma(Duration.ofSeconds(decaySeconds)), seed).warmUp(100);
            for (int member = 0; member < MEMBERS; member++) {
                simulation.member(Service.delay(Span.constant(Duration.ofMillis(member == 0 ? 10 : 1))));
            }
            // a quiet pool: ten requests a second, so that ten times its average is over before its ten turns are
            sum += simulation.run(Arrivals.poisson(10), REQUESTS).share(0);
        }
        assertThat(sum / SEEDS).isEqualTo(1 / requestsPerTrial, within(0.004));
    }

    private static Span pausing(Duration usual, int at) {
        int[] number = {0};
        return (now, chance) -> usual.toNanos() * (number[0]++ == at ? 10 : 1);
    }

    private static double leastShare(IntFunction<Span> latency) {
        double least = 1;
        for (int seed = 0; seed < SEEDS; seed++) {
            Simulation simulation = new Simulation(Strategies.named("peak-ewma"), seed);
            for (int member = 0; member < MEMBERS; member++) {
                simulation.member(Service.delay(latency.apply(member)));
            }
            Results results = simulation.run(new Arrivals.OneAtATime(), REQUESTS);
            for (int member = 0; member < MEMBERS; member++) {
                least = Math.min(least, results.share(member));
            }
        }
        return least;
    }
}
