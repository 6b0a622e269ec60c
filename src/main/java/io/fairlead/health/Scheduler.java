package io.fairlead.health;

import java.time.Duration;

/** Runs tasks later, on the control context. */
public interface Scheduler {
    /** Runs the task once after the delay, unless it is cancelled before. */
    Cancellation after(Duration delay, Runnable task);

    /** Takes back a task that has not run. */
    @FunctionalInterface
    interface Cancellation {
        /** Does nothing if the task has run. */
        void cancel();
    }
}
