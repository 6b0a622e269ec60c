package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.weighing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WholeWeightsTest {
    @Test
    void takesWholeHundredthsInLowestTerms() {
        assertThat(whole(10, 20, 20)).containsExactly(1, 2, 2);
        assertThat(whole(0.5, 1)).containsExactly(1, 2);
        assertThat(whole(256 * 0.15, 256)).containsExactly(3, 20);
        assertThat(whole(0.1 + 0.2, 1))
                .as("what arithmetic leaves is no fraction")
                .containsExactly(3, 10);
        assertThat(whole(7)).containsExactly(1);
    }

    @Test
    void keepsAllConfiguredWeightsExactHoweverLongThePeriod() {
        double[] weights = new Random(1).ints(1000, 1, 257).asDoubleStream().toArray();
        weights[0] = 1;
        assertThat(Arrays.stream(whole(weights)).asDoubleStream().toArray()).containsExactly(weights);
        double[] heavy = new double[1000];
        Arrays.fill(heavy, 256);
        heavy[999] = 255;
        assertThat(whole(heavy)).startsWith(256).endsWith(255);
    }

    @Test
    void oneFractionAmongAThousandDoesNotBlowUpThePeriod() {
        for (double fraction : new double[] {0.1, 0.37, 1 / 3.0, 1e-9, Math.PI / 4}) {
            double[] weights = new double[1000];
            Arrays.fill(weights, 256);
            weights[500] *= fraction;
            assertThat(Arrays.stream(whole(weights)).sum())
                    .as("with " + fraction)
                    .isLessThanOrEqualTo(128_000);
        }
    }

    @Test
    void roundsToOneUnitAndNeverToNothing() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            // from even weights to some that are a millionth of others
            double spread = random.nextDouble() * 14;
            double[] weights = random.doubles(1 + random.nextInt(400))
                    .map(x -> 256 * Math.exp(-spread * x))
                    .toArray();
            int[] whole = whole(weights);
            int longest = Math.max(16_384, 128 * weights.length);
            double unit = Arrays.stream(weights).sum() / (longest - weights.length);
            assertThat(Arrays.stream(whole).sum()).isLessThanOrEqualTo(longest);
            for (int i = 0; i < weights.length && weights.length > 1; i++) {
                // from 0.5 units on to the nearest, below that to one; 1e-6 for the arithmetic of the test
                double allowed = weights[i] >= unit / 2 ? unit / 2 : unit;
                assertThat(Math.abs(whole[i] * unit - weights[i])).isLessThanOrEqualTo(allowed * (1 + 1e-6));
                assertThat(whole[i]).isPositive();
            }
        }
    }

    @Test
    void aWeightOfTheMeanIsOffByLessThanHalfAPercent() {
        Random random = new Random(3);
        double[] weights = random.doubles(1000, 0.1, 1.9).toArray();
        int[] whole = whole(weights);
        double unit = Arrays.stream(weights).sum() / 127_000; // 128 n - n
        for (int i = 0; i < weights.length; i++) {
            assertThat(whole[i] * unit / weights[i]).isBetween(1 - 0.004 / weights[i], 1 + 0.004 / weights[i]);
        }
    }

    @Test
    void equalWeightsStayEqual() {
        int[] whole = whole(Math.E, 1, Math.E, Math.PI, 1, Math.PI, Math.E);
        assertThat(whole[0]).isEqualTo(whole[2]).isEqualTo(whole[6]);
        assertThat(whole[1]).isEqualTo(whole[4]).isLessThan(whole[0]);
        assertThat(whole[3]).isEqualTo(whole[5]).isGreaterThan(whole[0]);
    }

    @Test
    void noWeightIsTooLargeOrTooSmall() {
        assertThat(whole(Double.MAX_VALUE, Double.MAX_VALUE)).containsExactly(1, 1);
        assertThat(whole(Double.MIN_VALUE, Double.MIN_VALUE)).containsExactly(1, 1);
        assertThat(whole(Double.MAX_VALUE, Double.MIN_VALUE)).containsExactly(16_382, 1);
        assertThat(whole(1e15, 1)).containsExactly(16_382, 1);
    }

    private static int[] whole(double... weights) {
        return WholeWeights.of(weighing(weights));
    }
}
