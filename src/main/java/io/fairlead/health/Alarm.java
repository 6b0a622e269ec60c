package io.fairlead.health;

import java.time.Duration;

/** A task that waits again and again, for one time at a time: set once for each, it leaves no object behind. Control context only. */
public interface Alarm {
    /** Runs the task once after the delay, instead of when it was set for before. */
    void set(Duration delay);

    /** The task does not run, unless it is set again. */
    void cancel();
}
