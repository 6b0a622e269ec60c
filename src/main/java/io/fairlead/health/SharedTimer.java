package io.fairlead.health;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many waits on one timer. Each is rounded up to the end of a slot of 5 ms, and the timer below runs for the first slot that
 * has any: thousands of probes a second, each with its time-outs and its interval, are at most 200 timers. A wait that is
 * cancelled, as nearly all time-outs are, costs nothing more than its place until the slot is over.
 *
 * <p>Control context only.
 */
public final class SharedTimer implements Scheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SharedTimer.class);
    private static final long SLOT = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long NOT_SET = Long.MAX_VALUE;

    private final Scheduler below;
    private final LongSupplier ticker;
    private final long origin;
    private final TreeMap<Long, Queue<Wait>> slots = new TreeMap<>();
    private Cancellation timer = () -> {};
    private long setFor = NOT_SET;
    private boolean running;

    /**
     * A timer that nobody waits for.
     *
     * @param below runs one task at a time
     * @param ticker nanoseconds from an arbitrary origin
     */
    public SharedTimer(Scheduler below, LongSupplier ticker) {
        this.below = below;
        this.ticker = ticker;
        this.origin = ticker.getAsLong();
    }

    /** Knows the slot that it waits for by number alone: a place in another slot is an old one, and means nothing. */
    private final class Wait implements Alarm {
        private final Runnable task;
        private long slot = NOT_SET;

        Wait(Runnable task) {
            this.task = task;
        }

        @Override
        public void set(Duration delay) {
            slot = enter(this, delay);
        }

        @Override
        public void cancel() {
            slot = NOT_SET;
        }

        void runIn(long present) {
            if (slot == present) {
                slot = NOT_SET;
                task.run();
            }
        }
    }

    @Override
    public Alarm alarm(Runnable task) {
        return new Wait(task);
    }

    @Override
    public Cancellation after(Duration delay, Runnable task) {
        Wait wait = new Wait(task);
        wait.set(delay);
        return wait::cancel;
    }

    private long enter(Wait wait, Duration delay) {
        long now = elapsed();
        long slot = Math.max((now + delay.toNanos() + SLOT - 1) / SLOT, now / SLOT + 1);
        slots.computeIfAbsent(slot, any -> new ArrayDeque<>()).add(wait);
        if (slot < setFor && !running) {
            set(slot, now);
        }
        return slot;
    }

    private long elapsed() {
        return ticker.getAsLong() - origin;
    }

    private void set(long slot, long now) {
        timer.cancel();
        setFor = slot;
        timer = below.after(Duration.ofNanos(slot * SLOT - now), this::runDue);
    }

    private void runDue() {
        running = true;
        long present = elapsed() / SLOT;
        for (Map.Entry<Long, Queue<Wait>> first = slots.firstEntry();
                first != null && first.getKey() <= present;
                first = slots.firstEntry()) {
            long slot = first.getKey();
            slots.remove(slot);
            first.getValue().forEach(wait -> run(wait, slot));
        }
        running = false;
        setFor = NOT_SET;
        if (!slots.isEmpty()) {
            set(slots.firstKey(), elapsed());
        }
    }

    /** What one task throws costs no other its turn. */
    private static void run(Wait wait, long slot) {
        try {
            wait.runIn(slot);
        } catch (RuntimeException | LinkageError e) { // a plug-in may lack a class that it needs
            LOG.error("a task of the health checks failed", e);
        }
    }
}
