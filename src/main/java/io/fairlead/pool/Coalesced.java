package io.fairlead.pool;

import java.util.concurrent.Executor;

/** A task that is run once, soon, for all who ask for it until then: thousands may ask together. Control context only. */
final class Coalesced {
    private final Executor later;
    private final Runnable task;
    private boolean asked;

    /**
     * One that nobody asked for.
     *
     * @param later runs a task on the control context, soon
     */
    Coalesced(Executor later, Runnable task) {
        this.later = later;
        this.task = task;
    }

    void ask() {
        if (!asked) {
            asked = true;
            later.execute(() -> {
                asked = false;
                task.run();
            });
        }
    }
}
