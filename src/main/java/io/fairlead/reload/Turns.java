package io.fairlead.reload;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/** Has work done that takes its time, one after another in the order in which it came, whatever becomes of it. Control context only. */
final class Turns {
    private Future<Void> last = Future.succeededFuture();
    private boolean ended;

    /** Begins the work when its turn has come; what became of it. */
    <T> Future<T> take(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        last = last.compose(before -> {
            begin(work).onComplete(done);
            return done.future().transform(end -> Future.succeededFuture());
        });
        return done.future();
    }

    /** Begins no more work, and refuses what waits; completes when that is over which was begun. */
    Future<Void> end() {
        ended = true;
        return last;
    }

    private <T> Future<T> begin(Supplier<Future<T>> work) {
        if (ended) {
            return Future.failedFuture(new IllegalStateException("Fairlead is stopping"));
        }
        try {
            return work.get();
        } catch (RuntimeException | LinkageError e) { // a plug-in may lack a class that it needs
            return Future.failedFuture(e);
        }
    }
}
