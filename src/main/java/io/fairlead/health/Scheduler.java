package io.fairlead.health;

import java.time.Duration;

/** Runs tasks later, on the control context. */
public interface Scheduler {
    /** Runs the task once after the delay, unless it is cancelled before. */
    Cancellation after(Duration delay, Runnable task);

    /** An alarm for this task, not set yet. */
    default Alarm alarm(Runnable task) {
        return new Alarm() {
            private Cancellation waiting = () -> {};

            @Override
            public void set(Duration delay) {
                waiting.cancel();
                waiting = after(delay, task);
            }

            @Override
            public void cancel() {
                waiting.cancel();
            }
        };
    }

    /** Takes back a task that has not run. */
    @FunctionalInterface
    interface Cancellation {
        /** Does nothing if the task has run. */
        void cancel();
    }
}
