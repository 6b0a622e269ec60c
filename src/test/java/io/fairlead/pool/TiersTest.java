package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TiersTest {
    @Test
    void theBestTierTakesAllUntilMoreThanItsSpareIsLost() {
        assertThat(shares(1, 1)).containsExactly(1.0);
        assertThat(shares(0.75, 1)).containsExactly(1.0);
        assertThat(shares(1 / 1.4, 1)).containsExactly(1.0);
    }

    @Test
    void whatItCannotTakeFallsToTheNext() {
        // 1.4 x 0.5 = 0.7 stays
        assertShares(shares(0.5, 1), 0.7, 0.3);
        assertShares(shares(0.25, 1), 0.35, 0.65);
        assertShares(shares(0.25, 0.25, 1), 0.35, 0.35, 0.3);
    }

    @Test
    void aTierWithoutAnybodyIsPassedOver() {
        assertThat(tiers(0, 1)).containsOnlyKeys(1);
        assertThat(tiers(0, 0, 0.9)).containsOnlyKeys(2);
        assertThat(tiers(0, 0)).isEmpty();
    }

    @Test
    void allTiersTakeMoreIfTogetherTheyCannotTakeEverything() {
        // 0.28 and 0.42 of what is wanted: 0.4 and 0.6 of what there is
        assertShares(shares(0.2, 0.3), 0.4, 0.6);
    }

    @Test
    void sharesAddUpAndABetterTierNeverLosesByAWorseOne() {
        for (int a = 0; a <= 10; a++) {
            for (int b = 0; b <= 10; b++) {
                SortedMap<Integer, Double> shares = tiers(a / 10.0, b / 10.0);
                if (a + b > 0) {
                    assertThat(shares.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum())
                            .isEqualTo(1, within(1e-12));
                    assertThat(shares.getOrDefault(0, 0.0)).isGreaterThanOrEqualTo(Math.min(1, 1.4 * a / 10.0) - 1e-12);
                }
            }
        }
    }

    private static void assertShares(List<Double> shares, double... expected) {
        assertThat(shares).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(shares.get(i)).isEqualTo(expected[i], within(1e-12));
        }
    }

    private static List<Double> shares(double... availability) {
        return List.copyOf(tiers(availability).values());
    }

    private static SortedMap<Integer, Double> tiers(double... availability) {
        SortedMap<Integer, Double> tiers = new TreeMap<>();
        for (int i = 0; i < availability.length; i++) {
            tiers.put(i, availability[i]);
        }
        return Tiers.shares(tiers);
    }
}
