package io.fairlead;

import io.fairlead.config.Reading;
import io.fairlead.config.SourceWatch;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * Looks once a second whether a file that the configuration came from has another content, where the configuration wants that.
 * Control context only; the files are read on a worker.
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

    /** Watches what this came from, or nothing if it does not want that. */
    void follow(Reading reading) {
        if (!reading.config().admin().watch()) {
            files = Optional.empty();
        } else if (files.isPresent()) {
            SourceWatch present = files.get();
            vertx.executeBlocking(() -> {
                present.watch(reading.files());
                return null;
            });
        } else {
            vertx.executeBlocking(() -> new SourceWatch(reading.files()))
                    .onSuccess(watch -> files = Optional.of(watch));
        }
    }

    private void look() {
        if (files.isPresent() && !looking) {
            looking = true;
            vertx.executeBlocking(files.get()::changed).onComplete(changed -> {
                looking = false;
                if (changed.succeeded() && changed.result()) {
                    onChange.run();
                }
            });
        }
    }
}
