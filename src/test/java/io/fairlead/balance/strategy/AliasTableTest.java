package io.fairlead.balance.strategy;

import static io.fairlead.balance.strategy.Traffic.weighing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AliasTableTest {
    @Test
    void everyChanceIsThatOfTheWeight() {
        Random random = new Random(4);
        for (int round = 0; round < 100; round++) {
            double[] weights = random.doubles(1 + random.nextInt(8))
                    .map(x -> Math.exp(6 * x))
                    .toArray();
            double sum = Arrays.stream(weights).sum();
            double[] chances = chances(weights);
            for (int i = 0; i < weights.length; i++) {
                // each column is looked at in 4,096 places: the border in it is found to one place, in up to n columns
                assertThat(chances[i]).isCloseTo(weights[i] / sum, within(1 / 4096.0));
            }
        }
    }

    /** By going through all columns and evenly through each, instead of by chance. */
    private static double[] chances(double... weights) {
        AliasTable table = new AliasTable(weighing(weights));
        double[] chances = new double[weights.length];
        for (int column = 0; column < weights.length; column++) {
            // the upper half that leads to this column
            long upper = (((long) column << 32) / weights.length + 1) << 32;
            for (int place = 0; place < 4096; place++) {
                chances[table.draw(upper | ((long) place << 20) | (1 << 19))] += 1.0 / 4096 / weights.length;
            }
        }
        return chances;
    }

    @Test
    void allRandomBitsLeadToSomebody() {
        for (int size : new int[] {1, 2, 3, 1000}) {
            for (long bits : new long[] {0, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0xFFFF_FFFFL}) {
                assertThat(AliasTable.below(size, bits)).isBetween(0, size - 1);
                assertThat(new AliasTable(weighing(Traffic.equal(size))).draw(bits))
                        .isEqualTo(AliasTable.below(size, bits));
            }
        }
    }

    @Test
    void noWeightIsTooLargeOrTooSmall() {
        assertThat(chances(Double.MAX_VALUE, Double.MAX_VALUE)).containsExactly(0.5, 0.5);
        assertThat(chances(Double.MIN_VALUE, Double.MIN_VALUE)).containsExactly(0.5, 0.5);
        assertThat(chances(Double.MIN_VALUE, Double.MAX_VALUE)).containsExactly(0, 1);
    }
}
