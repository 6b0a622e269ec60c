package io.fairlead.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SharedTimerTest {
    private final ScriptedTime time = new ScriptedTime();
    private final SharedTimer timer = new SharedTimer(time, time);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsEachTaskOnceNeverEarlyAndAtMostASlotLate() {
        Random random = new Random(7);
        List<Long> late = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            long due = time.elapsed().toNanos() + random.nextLong(3_000_000_000L);
            timer.after(
                    Duration.ofNanos(due - time.elapsed().toNanos()),
                    () -> late.add(time.elapsed().toNanos() - due));
            time.advance(Duration.ofNanos(random.nextInt(3_000_000)));
        }
        time.advance(Duration.ofSeconds(4));
        assertThat(late).hasSize(2_000).allSatisfy(nanos -> assertThat(nanos).isBetween(0L, 5_000_000L));
        assertThat(time.pending()).as("nothing left to wait for").isZero();
    }

    @Test
    void thoseOfOneSlotRunInTheOrderInWhichTheyCame() {
        timer.after(Duration.ofMillis(9), () -> ran.add("a"));
        timer.after(Duration.ofMillis(8), () -> ran.add("b"));
        timer.after(Duration.ofMillis(3), () -> ran.add("c"));
        time.advanceMillis(10);
        assertThat(ran).containsExactly("c", "a", "b");
    }

    @Test
    void oneTimerBelowServesThemAll() {
        for (int i = 1; i <= 1_000; i++) {
            timer.after(Duration.ofMillis(2_000 - i), () -> ran.add("x"));
            assertThat(time.pending()).isEqualTo(1);
        }
        time.advanceMillis(2_001);
        assertThat(ran).hasSize(1_000);
    }

    @Test
    void anAlarmRunsOnceForTheTimeItWasLastSetFor() {
        Alarm alarm = timer.alarm(() -> ran.add("a"));
        alarm.set(Duration.ofMillis(20));
        alarm.set(Duration.ofMillis(40));
        time.advanceMillis(30);
        assertThat(ran).isEmpty();
        time.advanceMillis(30);
        assertThat(ran).containsExactly("a");
        alarm.set(Duration.ofMillis(20));
        alarm.cancel();
        alarm.set(Duration.ofMillis(20));
        time.advanceMillis(60);
        assertThat(ran).containsExactly("a", "a");
        alarm.set(Duration.ofMillis(20));
        alarm.cancel();
        time.advanceMillis(60);
        assertThat(ran).hasSize(2);
        assertThat(time.pending()).as("nothing left to wait for").isZero();
    }

    @Test
    void aCancelledTaskDoesNotRun() {
        Scheduler.Cancellation first = timer.after(Duration.ofMillis(20), () -> ran.add("a"));
        timer.after(Duration.ofMillis(20), () -> ran.add("b"));
        first.cancel();
        time.advanceMillis(30);
        first.cancel();
        assertThat(ran).containsExactly("b");
    }

    @Test
    void aTaskThatOneTaskCancelsInTheSameSlotDoesNotRun() {
        List<Scheduler.Cancellation> second = new ArrayList<>();
        timer.after(Duration.ofMillis(20), () -> second.get(0).cancel());
        second.add(timer.after(Duration.ofMillis(20), () -> ran.add("b")));
        time.advanceMillis(30);
        assertThat(ran).isEmpty();
    }

    @Test
    void aTaskMayScheduleItselfAgainAtOnceWithoutHoldingUpTheOthers() {
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            ran.add("again");
            timer.after(Duration.ZERO, again[0]);
        };
        timer.after(Duration.ZERO, again[0]);
        timer.after(Duration.ofMillis(50), () -> ran.add("other"));
        time.advanceMillis(52);
        assertThat(ran).contains("other").hasSizeBetween(10, 12);
    }

    @Test
    void aTaskThatThrowsCostsNoOtherItsTurn() {
        timer.after(Duration.ofMillis(5), () -> {
            throw new IllegalStateException("as a test wants it");
        });
        timer.after(Duration.ofMillis(5), () -> ran.add("b"));
        timer.after(Duration.ofMillis(15), () -> ran.add("c"));
        time.advanceMillis(20);
        assertThat(ran).containsExactly("b", "c");
    }
}
