package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.HealthSettings.Start;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HealthScoreTest {
    private static final int LONGEST = 15;

    @Test
    void flipsOnlyAfterConsecutiveOppositeResults() {
        int compared = 0;
        for (Start start : Start.values()) {
            for (int rise = 1; rise <= 4; rise++) {
                for (int fall = 1; fall <= 4; fall++) {
                    HealthScore score = HealthScore.atStart(Bench.settings(rise, fall, start));
                    compared += compare(score, new boolean[0], start);
                }
            }
        }
        assertThat(compared).isEqualTo(2 * 4 * 4 * ((1 << (LONGEST + 1)) - 1));
    }

    /** Compares a score with the definition after these results and after all that can follow; answers how often. */
    private static int compare(HealthScore score, boolean[] results, Start start) {
        Defined defined = define(results, start, score.rise(), score.fall());
        if (score.isUp() != defined.up || score.state() != defined.state) {
            assertThat(score).as("after %s from %s", word(results), start).isEqualTo(defined);
        }
        int compared = 1;
        if (results.length < LONGEST) {
            compared += compare(score.observe(true), append(results, true), start);
            compared += compare(score.observe(false), append(results, false), start);
        }
        return compared;
    }

    private record Defined(boolean up, HealthState state) {}

    /** The plain definition: walk through all results, at each count back over opposite ones as far as the last flip. */
    private static Defined define(boolean[] results, Start start, int rise, int fall) {
        boolean up = start == Start.UP;
        int sinceFlip = 0;
        int opposite = 0;
        for (int last = 0; last < results.length; last++) {
            opposite = 0;
            for (int i = last; i >= sinceFlip && results[i] != up; i--) {
                opposite++;
            }
            boolean first = last == 0 && start == Start.DOWN;
            if (first || opposite == (up ? fall : rise)) {
                up = results[last];
                sinceFlip = last + 1;
                opposite = 0;
            }
        }
        if (results.length == 0 && start == Start.DOWN) {
            return new Defined(false, HealthState.CHECKING);
        }
        HealthState settled = up ? HealthState.UP : HealthState.DOWN;
        HealthState between = up ? HealthState.FALLING : HealthState.RISING;
        return new Defined(up, opposite == 0 ? settled : between);
    }

    @Test
    void staysUpWhileFailuresAndPassesTakeTurns() {
        HealthScore score = HealthScore.atStart(Bench.settings(2, 3, Start.UP));
        for (char result : "FPFPFPFFPFFPF".toCharArray()) {
            score = score.observe(result == 'P');
            assertThat(score.isUp()).isTrue();
        }
        assertThat(score.state()).isEqualTo(HealthState.FALLING);
        assertThat(score.count()).isEqualTo("1 of 3");
    }

    @Test
    void oneResultDecidesForAMemberThatStartsDown() {
        HealthScore start = HealthScore.atStart(Bench.settings(4, 4, Start.DOWN));

        assertThat(start.isUp()).isFalse();
        assertThat(start.state()).isEqualTo(HealthState.CHECKING);
        assertThat(start.count()).isEqualTo("0 of 1");
        assertThat(start.observe(true).state()).isEqualTo(HealthState.UP);
        assertThat(start.observe(false).state()).isEqualTo(HealthState.DOWN);
    }

    @Test
    void countsTheResultsThatSpeakForTheNextFlip() {
        HealthScore score = new HealthScore(2, 3, 3);
        StringBuilder seen = new StringBuilder();
        for (char result : "PFFFFPPF".toCharArray()) {
            score = score.observe(result == 'P');
            seen.append(score.state()).append(' ').append(score.count()).append('\n');
        }
        assertThat(seen).hasToString("""
                        UP 2 of 2
                        FALLING 1 of 3
                        FALLING 2 of 3
                        DOWN 3 of 3
                        DOWN 3 of 3
                        RISING 1 of 2
                        UP 2 of 2
                        FALLING 1 of 3
                        """);
    }

    /** A member that was carried over is as one that has just flipped to what it is: {@link #define} says the rest. */
    @Test
    void carriedOverAMemberStaysWhatItIsUntilAllTheNewCountsAreIn() {
        int compared = 0;
        for (int rise = 1; rise <= 4; rise++) {
            for (int fall = 1; fall <= 4; fall++) {
                for (int value = -rise; value <= fall; value++) {
                    for (int newRise = 1; newRise <= 4; newRise++) {
                        for (int newFall = 1; newFall <= 4; newFall++) {
                            HealthScore carried = new HealthScore(rise, fall, value).carriedTo(newRise, newFall);
                            assertThat(carried).isEqualTo(flippedTo(Integer.signum(value), newRise, newFall));
                            compared++;
                        }
                    }
                }
            }
        }
        assertThat(compared).isEqualTo(16 * (4 * (20 + 4))); // the values are rise + fall + 1 for each of 16 pairs
    }

    private static HealthScore flippedTo(int sign, int rise, int fall) {
        HealthScore nothingKnown = HealthScore.atStart(Bench.settings(rise, fall, Start.DOWN));
        return sign == 0 ? nothingKnown : nothingKnown.observe(sign > 0);
    }

    @Test
    void carriedOverToTheSameCountsOnlyWhatWasOnTheWayIsLost() {
        assertThat(new HealthScore(2, 3, 3).carriedTo(2, 3)).isEqualTo(new HealthScore(2, 3, 3));
        assertThat(new HealthScore(2, 3, 1).carriedTo(2, 3).count()).isEqualTo("2 of 2");
        assertThat(new HealthScore(2, 3, -1).carriedTo(2, 3).state()).isEqualTo(HealthState.DOWN);
    }

    @Test
    void theLargestCountsDoNotOverflow() {
        HealthScore score = new HealthScore(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE);

        assertThat(score.observe(true)).isEqualTo(score);
        assertThat(score.observe(false).count()).isEqualTo("1 of 2147483647");
        assertThat(new HealthScore(Integer.MAX_VALUE, 1, 1).observe(false).state())
                .isEqualTo(HealthState.DOWN);
    }

    @Test
    void refusesCountsAndValuesOutOfRange() {
        assertThatThrownBy(() -> new HealthScore(0, 1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HealthScore(1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HealthScore(2, 3, 4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new HealthScore(2, 3, -3)).isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean[] append(boolean[] results, boolean result) {
        boolean[] longer = Arrays.copyOf(results, results.length + 1);
        longer[results.length] = result;
        return longer;
    }

    private static String word(boolean[] results) {
        StringBuilder word = new StringBuilder();
        for (boolean result : results) {
            word.append(result ? 'P' : 'F');
        }
        return word.toString();
    }
}
