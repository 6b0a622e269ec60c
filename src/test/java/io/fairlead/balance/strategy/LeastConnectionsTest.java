package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.chance;
import static io.fairlead.balance.strategy.Traffic.equal;
import static io.fairlead.balance.strategy.Traffic.weighing;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.settings.Providers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeastConnectionsTest extends StrategyContract {
    @Override
    protected BalancingStrategy strategy() {
        return new LeastConnections(chance(10));
    }

    /**
     * The contract keeps 65 requests in flight, all equally long: the shares of the picks are those of the requests in flight.
     * Whole requests come within one of what is due.
     */
    @Override
    protected double tolerance() {
        return 1.0 / 65;
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "least-connections"))
                .isInstanceOf(LeastConnections.Named.class);
    }

    @Test
    void takesTheLeastLoadedForItsWeight() {
        Random random = new Random(11);
        double[] weights = {1, 2, 3, 5, 8};
        Traffic traffic = new Traffic(strategy(), weighing(weights));
        for (int step = 0; step < 100_000; step++) {
            // 60 % arrivals for a while, then 40 %, so that loads go up and down
            if (random.nextInt(10) < (step / 100 % 2 == 0 ? 6 : 4)) {
                double[] cost = new double[weights.length];
                Arrays.setAll(cost, i -> (traffic.inFlight(i) + 1) / weights[i]);
                int picked = traffic.send();
                boolean wasIdle = traffic.inFlight(picked) == 1;
                double least = Arrays.stream(cost).min().orElseThrow();
                // 1e-12: weights are divided by as a product with the inverse
                assertThat(wasIdle || cost[picked] <= least * (1 + 1e-12)).isTrue();
            } else {
                traffic.end(random.nextInt(weights.length));
            }
        }
    }

    @Test
    void countsRequestsThatWaitForAMember() {
        List<Candidate> candidates = candidates(1, 1);
        candidates.get(0).member().addWaiting(3);
        Traffic traffic = new Traffic(strategy(), candidates);
        for (int i = 0; i < 3; i++) {
            assertThat(traffic.send()).isEqualTo(1);
        }
    }

    @Test
    void anIdlePoolIsUsedEvenlyWhateverItsSize() {
        for (int size : new int[] {2, 7, LeastConnections.EXACT_UP_TO, LeastConnections.EXACT_UP_TO + 1, 1000}) {
            int[] picked = new Traffic(strategy(), weighing(equal(size))).oneAtATime(10 * size);
            assertThat(picked).containsOnly(10);
        }
    }

    @Test
    void anIdlePoolIsUsedByWeight() {
        assertThat(new Traffic(strategy(), weighing(10, 1, 1, 1, 1)).oneAtATime(1400))
                .containsExactly(1000, 100, 100, 100, 100);
    }

    @Test
    void tiesRotateAmongTheBusyToo() {
        Traffic traffic = new Traffic(strategy(), weighing(equal(5)));
        for (int i = 0; i < 100; i++) {
            traffic.send();
        }
        int[] picked = new int[5];
        for (int i = 0; i < 1000; i++) { // 20 at each, and one more comes and goes
            int index = traffic.send();
            picked[index]++;
            traffic.end(index);
        }
        assertThat(picked).containsOnly(200);
    }

    @Test
    void concurrentRequestsFollowTheWeights() {
        double[] weights = {10, 1, 1, 1, 1};
        for (int inFlight : new int[] {14, 70, 700}) {
            Traffic traffic = new Traffic(strategy(), weighing(weights));
            for (int i = 0; i < inFlight; i++) {
                traffic.send();
            }
            // with n requests in flight, each has n x weight / 14, to one request; the heavy one also what four others
            // lack
            assertThat(traffic.inFlight(0)).isBetween(inFlight * 10 / 14 - 4, inFlight * 10 / 14 + 4);
            for (int i = 1; i < 5; i++) {
                assertThat(traffic.inFlight(i)).isBetween(inFlight / 14 - 1, inFlight / 14 + 1);
            }
        }
    }

    @Test
    void inALargePoolTheHeavyIsFoundByItsTurns() {
        double[] weights = equal(1000);
        weights[617] = 200;
        Traffic traffic = new Traffic(strategy(), weighing(weights));
        for (int i = 0; i < 1199 * 5; i++) {
            traffic.send();
        }
        // five for each unit of weight. It has the turn in 200 of 1,199 picks, and is in the sample in 47 / 1,000 of
        // the rest:
        // enough for what it is due; and of 48 it is the least loaded for its weight until it has had that
        assertThat(traffic.inFlight(617)).isBetween(900, 1200);
        assertThat(traffic.mostInFlight()).isEqualTo(traffic.inFlight(617));
    }
}
