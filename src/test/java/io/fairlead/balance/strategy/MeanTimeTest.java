package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.chance;
import static io.fairlead.balance.strategy.Traffic.equal;
import static io.fairlead.balance.strategy.Traffic.weighing;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * The mean time in system at load 0.9, where service takes 1 on average and both arrivals and service are memoryless. Then the
 * counts of requests are a Markov chain, and by Little's law the mean time is the mean number in the system by the rate of
 * arrivals. Each step of the chain is an arrival with probability 0.9 / 1.9, or else one member, any, ends a request if it has
 * one.
 */
class MeanTimeTest {
    private static final double LOAD = 0.9;

    @Test
    void leastConnectionsBySampleIsWithinFivePercentOfTheExact() {
        for (int members : new int[] {LeastConnections.EXACT_UP_TO + 1, 100, 1000}) {
            double exact = meanTime(new Exact(), members, 500_000);
            double sampled = meanTime(new LeastConnections(chance(15)), members, 500_000);
            // 500,000 steps are 260 service times of 1,000 members, 2,600 of 100. The number in the system deviates by
            // about
            // 1 / sqrt(members) and forgets that in few service times: standard errors of 0.3 to 0.8 %. Most of it is
            // common to
            // both, as arrivals and ends are the same; the margins are 1.5 % to 4 %
            assertThat(sampled / exact)
                    .as("of %s members: %s by %s", members, sampled, exact)
                    .isLessThan(1.05);
        }
    }

    @Test
    void twoChoicesTakeWhatTheoryPredictsAndOneTakesFarLonger() {
        // As members grow without bound: the sum over i of 0.9^(2^i - 2), which is 2.61. 1,600,000 steps are 8,400
        // service times;
        // a deviation of about 12 % that is forgotten in some 15 of them makes a standard error of 0.9 %, 0.024
        assertThat(meanTime(new PowerOfTwo(chance(16)), 100, 1_000_000)).isBetween(2.5, 2.7);
        // One choice is M/M/1: 1 / (1 - 0.9) = 10. Each queue deviates by 9.5 and forgets that in some 380 service
        // times, so the
        // standard error over 100 of them is 0.36
        assertThat(meanTime(new WeightedRandom(chance(17)), 100, 1_000_000)).isBetween(8.5, 11.5);
    }

    private static double meanTime(BalancingStrategy strategy, int members, int steps) {
        Traffic traffic = new Traffic(strategy, weighing(equal(members)));
        SplittableRandom random = new SplittableRandom(18);
        int present = 0;
        long sum = 0;
        int warmUp = steps / 10;
        for (int step = 0; step < steps; step++) {
            if (random.nextDouble() < LOAD / (1 + LOAD)) {
                traffic.send();
                present++;
            } else if (traffic.end(random.nextInt(members))) {
                present--;
            }
            sum += step < warmUp ? 0 : present;
        }
        return sum / (double) (steps - warmUp) / members / LOAD;
    }

    /** The definition: all are looked at, from the next one on. Weights are equal here. */
    private static final class Exact implements BalancingStrategy {
        private int next;

        @Override
        public Picker picker(List<Candidate> candidates) {
            return key -> {
                next = next + 1 == candidates.size() ? 0 : next + 1;
                Member best = candidates.get(next).member();
                for (int i = next; i < next + candidates.size() && best.load() > 0; i++) {
                    Member member = candidates
                            .get(i < candidates.size() ? i : i - candidates.size())
                            .member();
                    best = member.load() < best.load() ? member : best;
                }
                return best;
            };
        }
    }
}
