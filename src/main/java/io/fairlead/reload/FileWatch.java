package io.fairlead.reload;

import io.fairlead.config.SourceWatch;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Looks once a second whether a file that the configuration came from has another content. Control context only; the files are
 * read on a worker.
 */
final class FileWatch {
    private static final long LOOK_MS = 1000;

    private final Vertx vertx;
    private final Runnable onChange;
    private Optional<SourceWatch> files = Optional.empty();
    private boolean looking;

    /**
     * One that watches nothing yet.
     *
     * @param onChange told when a content has changed, and is not being written any more
     */
    FileWatch(Vertx vertx, Runnable onChange) {
        this.vertx = vertx;
        this.onChange = onChange;
        vertx.setPeriodic(LOOK_MS, id -> look());
    }

    /** Watches these, or nothing, and no others. */
    void follow(Optional<SourceWatch> next) {
        files = next;
    }

    private void look() {
        if (files.isEmpty() || looking) {
            return;
        }
        looking = true;
        SourceWatch present = files.get();
        vertx.executeBlocking(present::changed).onComplete(changed -> {
            looking = false;
            boolean stillWatched = files.filter(present::equals).isPresent();
            if (stillWatched && changed.succeeded() && changed.result()) {
                onChange.run();
            }
        });
    }
}
