package io.fairlead.health;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;

/** Time that passes when a test says so: a scheduler, a ticker and a clock that agree. */
public final class ScriptedTime implements Scheduler, LongSupplier, InstantSource {
    private static final long ORIGIN = Long.MAX_VALUE - 1_000_000; // the ticker wraps within the first millisecond

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private long elapsed;
    private long scheduled;

    private record Task(long at, long number, Runnable action) {}

    @Override
    public Cancellation after(Duration delay, Runnable action) {
        Task task = new Task(elapsed + delay.toNanos(), scheduled++, action);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    @Override
    public long getAsLong() {
        return ORIGIN + elapsed;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(elapsed);
    }

    /** Since the test began. */
    public Duration elapsed() {
        return Duration.ofNanos(elapsed);
    }

    /** Tasks that have not run. */
    public int pending() {
        return tasks.size();
    }

    /** Runs, in order, what falls due in this time; tasks due at its very end included. */
    public void advance(Duration time) {
        long end = elapsed + time.toNanos();
        while (!tasks.isEmpty() && tasks.element().at() <= end) {
            Task task = tasks.remove();
            elapsed = task.at();
            task.action().run();
        }
        elapsed = end;
    }

    public void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }
}
