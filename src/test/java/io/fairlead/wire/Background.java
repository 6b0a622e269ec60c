package io.fairlead.wire;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The other half of a conversation in which both sides speak at once. */
final class Background {
    /** What it does. */
    @FunctionalInterface
    interface Task {
        /** Runs; what it throws fails {@link Background#join()}. */
        void run() throws Exception;
    }

    private final FutureTask<Boolean> task;

    private Background(FutureTask<Boolean> task) {
        this.task = task;
    }

    /** Begins at once, on a thread of its own. */
    static Background run(Task task) {
        FutureTask<Boolean> future = new FutureTask<>(() -> {
            task.run();
            return true;
        });
        Thread thread = new Thread(future, "background of a test");
        thread.setDaemon(true);
        thread.start();
        return new Background(future);
    }

    /** Waits for its end. */
    void join() throws InterruptedException, TimeoutException, ExecutionException {
        task.get(3 * Wire.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
