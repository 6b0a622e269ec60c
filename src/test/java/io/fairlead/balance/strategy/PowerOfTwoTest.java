package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.chance;
import static io.fairlead.balance.strategy.Traffic.equal;
import static io.fairlead.balance.strategy.Traffic.weighing;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.settings.Providers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PowerOfTwoTest extends StrategyContract {
    /** How far the fullest of 100 may be above the mean: log log n / log 2 + 3 = 5.2. */
    private static final double GAP = Math.log(Math.log(100)) / Math.log(2) + 3;

    @Override
    protected BalancingStrategy strategy() {
        return new PowerOfTwo(chance(12));
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "power-of-two")).isInstanceOf(PowerOfTwo.Named.class);
    }

    @Test
    void ballsIntoBinsStayWithinTheBound() {
        for (int balls : new int[] {100, 1000, 100_000}) {
            Traffic traffic = new Traffic(strategy(), weighing(equal(100)));
            for (int i = 0; i < balls; i++) {
                traffic.send();
            }
            assertThat(traffic.mostInFlight() - balls / 100.0).isLessThanOrEqualTo(GAP);
        }
    }

    @Test
    void aStreamOfRequestsStaysWithinTheBoundWhereOneChoiceDoesNot() {
        assertThat(widestGap(strategy())).isLessThanOrEqualTo(GAP);
        // one choice: each of 100 has a Poisson(10) number, in hundreds of independent constellations; more than 20 has
        // one in
        // 600 of these numbers
        assertThat(widestGap(new WeightedRandom(chance(13)))).isGreaterThanOrEqualTo(11);
    }

    /** The farthest that any of 100 is ever above the mean of 10, over 300,000 requests that end in any order. */
    private static double widestGap(BalancingStrategy strategy) {
        Traffic traffic = new Traffic(strategy, weighing(equal(100)));
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            open.add(traffic.send());
        }
        Random random = new Random(14);
        int most = traffic.mostInFlight();
        for (int i = 0; i < 300_000; i++) {
            int ended = random.nextInt(open.size());
            traffic.end(open.get(ended));
            int picked = traffic.send();
            open.set(ended, picked);
            most = Math.max(most, traffic.inFlight(picked));
        }
        return most - 10;
    }

    @Test
    void anIdlePoolIsUsedEvenly() {
        int[] picked = new Traffic(strategy(), weighing(equal(10))).oneAtATime(10_000);
        // no worse than chance, whose standard deviation is sqrt(10,000 x 0.1 x 0.9) = 30: four of them
        assertThat(Arrays.stream(picked).min().orElseThrow()).isGreaterThan(880);
        assertThat(Arrays.stream(picked).max().orElseThrow()).isLessThan(1120);
    }

    @Test
    void inAnIdlePoolNobodyIsPickedTwiceInARow() {
        Traffic traffic = new Traffic(strategy(), weighing(equal(10)));
        int last = -1;
        for (int i = 0; i < 10_000; i++) { // of any two, the last has waited less
            int picked = traffic.send();
            traffic.end(picked);
            assertThat(picked).isNotEqualTo(last);
            last = picked;
        }
    }

    @Test
    void twoIdleMembersTakeTurnsByWeight() {
        assertThat(new Traffic(strategy(), weighing(1, 1)).oneAtATime(1000)).containsExactly(500, 500);
        assertThat(new Traffic(strategy(), weighing(2, 1)).oneAtATime(900)).containsExactly(600, 300);
    }

    @Test
    void anIdlePoolIsUsedByWeightNearly() {
        int[] picked = new Traffic(strategy(), weighing(10, 1, 1, 1, 1)).oneAtATime(14_000);
        // 1,000 are due to each light one. Pairs of light ones are 4/14 x 3/4 of all, which is 750 for each, with a
        // standard error
        // of 27; against the heavy one it wins only when it has waited ten times as long, which bounds it to about 1
        // pick in 10
        for (int i = 1; i < 5; i++) {
            assertThat(picked[i]).isBetween(750 - 4 * 27, 1400);
        }
    }

    @Test
    void concurrentRequestsFollowTheWeights() {
        for (int inFlight : new int[] {14, 70, 700}) {
            Traffic traffic = new Traffic(strategy(), weighing(10, 1, 1, 1, 1));
            for (int i = 0; i < inFlight; i++) {
                traffic.send();
            }
            // with n requests in flight, each has n x weight / 14; for its weight nobody is more than about log log 5 /
            // log 2,
            // which is less than one, from that: two of the light, and the heavy has what they lack
            for (int i = 1; i < 5; i++) {
                assertThat(traffic.inFlight(i)).isBetween(inFlight / 14 - 2, inFlight / 14 + 2);
            }
            assertThat(traffic.inFlight(0)).isBetween(inFlight * 10 / 14 - 8, inFlight * 10 / 14 + 8);
        }
    }
}
