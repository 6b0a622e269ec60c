package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.chance;
import static io.fairlead.balance.strategy.Traffic.limited;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.settings.Providers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WeightedRandomTest extends StrategyContract {
    @Override
    protected BalancingStrategy strategy() {
        return new WeightedRandom(chance(5));
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "random")).isInstanceOf(WeightedRandom.Named.class);
    }

    @Test
    void aThousandMembersGetWhatChanceGivesThem() {
        double[] weights = new double[1000];
        Arrays.setAll(weights, i -> i % 10 + 1);
        int picks = 1_000_000;
        int[] picked = new Traffic(strategy(), candidates(weights)).oneAtATime(picks);
        double chiSquared = 0;
        for (int i = 0; i < weights.length; i++) {
            double due = picks * weights[i] / 5500;
            chiSquared += (picked[i] - due) * (picked[i] - due) / due;
        }
        // 999 degrees of freedom: mean 999, standard deviation sqrt(2 x 999) = 44.7; four of them to either side. Less
        // than
        // chance gives would be as wrong as more.
        assertThat(chiSquared).isBetween(999 - 4 * 44.7, 999 + 4 * 44.7);
    }

    @Test
    void whatTheFullLoseGoesToAllTheOthersByWeight() {
        Traffic traffic = new Traffic(strategy(), limited(1, 1, 1, 1, 2));
        int first = traffic.send();
        while (first != 0) { // until the first candidate is the one that is full
            traffic.end(first);
            first = traffic.send();
        }
        int[] picked = traffic.oneAtATime(40_000);
        // the standard error of a share of 1/4 is sqrt(3/16 / 40,000) = 0.0022; of 1/2 0.0025. Four of them
        assertThat(picked[0]).isZero();
        assertThat(picked[1] / 40_000.0).isBetween(0.24, 0.26);
        assertThat(picked[2] / 40_000.0).isBetween(0.24, 0.26);
        assertThat(picked[3] / 40_000.0).isBetween(0.49, 0.51);
    }
}
