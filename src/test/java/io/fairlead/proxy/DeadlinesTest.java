package io.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DeadlinesTest {
    private final Deadlines deadlines = new Deadlines(0);
    private final List<String> swept = new ArrayList<>();

    @Test
    void eachIsAskedOncePerSweep() {
        deadlines.add(watched("a", () -> {}));
        deadlines.add(watched("b", () -> {}));
        deadlines.sweep(0);
        deadlines.sweep(0);
        assertThat(swept).containsExactlyInAnyOrder("a", "b", "a", "b");
    }

    @Test
    void whoRemovesItselfIsNotAskedAgainAndOthersAre() {
        deadlines.add(watched("a", () -> {}));
        Deadlines.Watched[] b = new Deadlines.Watched[1];
        b[0] = watched("b", () -> deadlines.remove(b[0]));
        deadlines.add(b[0]);
        deadlines.add(watched("c", () -> {}));
        deadlines.sweep(0);
        deadlines.sweep(0);
        assertThat(swept).containsExactlyInAnyOrder("a", "b", "c", "a", "c");
    }

    @Test
    void whoIsRemovedByAnotherDuringASweepIsNotAsked() {
        List<Deadlines.Watched> all = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Deadlines.Watched watched = watched("w" + i, () -> all.forEach(deadlines::remove));
            all.add(watched);
            deadlines.add(watched);
        }
        deadlines.sweep(0);
        deadlines.sweep(0);
        assertThat(swept).hasSize(1);
    }

    @Test
    void removingTwiceTakesNobodyElseAway() {
        Deadlines.Watched a = watched("a", () -> {});
        Deadlines.Watched b = watched("b", () -> {});
        Deadlines.Watched c = watched("c", () -> {});
        deadlines.add(a);
        deadlines.add(b);
        deadlines.add(c);
        deadlines.remove(b);
        deadlines.remove(b);
        deadlines.remove(c);
        deadlines.remove(c);
        deadlines.sweep(0);
        assertThat(swept).containsExactly("a");
    }

    @Test
    void timeInWhichTheLoopWasHeldUpIsCounted() {
        long sweep = TimeUnit.MILLISECONDS.toNanos(Deadlines.SWEEP_MS);
        long now = 0;
        StringBuilder seen = new StringBuilder();
        for (double sweeps : new double[] {1, 1.5, 2, 2.5, 1, 60, 1}) {
            now += (long) (sweeps * sweep);
            seen.append(deadlines.lateness(now) / (double) sweep).append(' ');
            deadlines.sweep(now);
            seen.append(deadlines.heldUp() / (double) sweep).append("; ");
        }
        assertThat(seen).hasToString("0.0 0.0; 0.5 0.0; 1.0 0.0; 1.5 1.5; 0.0 1.5; 59.0 60.5; 0.0 60.5; ");
    }

    private Deadlines.Watched watched(String name, Runnable action) {
        return new Deadlines.Watched() {
            @Override
            void sweep(long now) {
                swept.add(name);
                action.run();
            }
        };
    }
}
