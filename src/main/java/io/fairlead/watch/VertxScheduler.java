package io.fairlead.watch;

import io.fairlead.health.Scheduler;
import io.vertx.core.Vertx;
import java.time.Duration;

/** Runs tasks later on the context that asks for it. Control context only. */
public record VertxScheduler(Vertx vertx) implements Scheduler {
    @Override
    public Cancellation after(Duration delay, Runnable task) {
        long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
        return () -> vertx.cancelTimer(timer);
    }
}
