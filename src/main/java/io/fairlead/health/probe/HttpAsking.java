package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult;
import io.fairlead.health.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP probe, from its connection to its verdict. A connection that was kept may have been closed at the other end while
 * nobody looked: if it ends before anything of the answer came, a new one is made. Control context only.
 */
final class HttpAsking {
    private final HttpProbe probe;
    private final HttpLine line;
    private final Promise<ProbeResult> promise = Promise.promise();
    private HttpAnswer answer;
    private @Nullable NetSocket socket;
    private Scheduler.Cancellation timer = () -> {};
    private boolean reused;
    private boolean over;

    HttpAsking(HttpProbe probe, HttpLine line) {
        this.probe = probe;
        this.line = line;
        this.answer = probe.verdicts().newAnswer();
    }

    Future<ProbeResult> start() {
        NetSocket kept = line.take();
        if (kept == null) {
            dial();
        } else {
            reused = true;
            ask(kept);
        }
        if (!over) { // from here on, as what the first of all probes has to load is not the member's time
            timer = probe.environment()
                    .scheduler()
                    .after(
                            probe.environment().timeout(),
                            () -> end(probe.verdicts().late(answer)));
        }
        return promise.future();
    }

    private void dial() {
        reused = false;
        probe.dial()
                .connect(line.member())
                .onComplete(
                        this::connected,
                        cause -> end(FailureWords.connecting(
                                cause, probe.environment().timeout())));
    }

    private void connected(NetSocket made) {
        if (over) {
            made.close();
        } else {
            ask(made);
        }
    }

    private void ask(NetSocket on) {
        socket = on;
        on.handler(piece -> took(on, piece));
        on.exceptionHandler(cause -> broke(on, cause));
        on.closeHandler(v -> closed(on));
        on.write(line.request());
    }

    private void took(NetSocket from, Buffer piece) {
        if (over || from != socket) {
            return;
        }
        try {
            answer.take(piece.getBytes());
            if (probe.verdicts().isDecided(answer)) {
                end(probe.verdicts().of(answer));
            }
        } catch (Unfit e) {
            end(probe.verdicts().of(answer, e.failure()));
        }
    }

    private void broke(NetSocket which, Throwable cause) {
        if (!over && which == socket && !isStale(which)) {
            end(probe.verdicts().of(answer, FailureWords.broken(cause, answer.hasHead())));
        }
    }

    private void closed(NetSocket which) {
        if (over || which != socket || isStale(which)) {
            return;
        }
        try {
            answer.ended();
            end(probe.verdicts().of(answer));
        } catch (Unfit e) {
            end(probe.verdicts().of(answer, e.failure()));
        }
    }

    /** Whether it was kept, and ended before it brought anything; then another one is on its way. */
    private boolean isStale(NetSocket which) {
        if (!reused || answer.hasBegun()) {
            return false;
        }
        socket = null;
        which.close();
        dial();
        return true;
    }

    private void end(ProbeResult result) {
        if (over) {
            return;
        }
        over = true;
        timer.cancel();
        NetSocket last = socket;
        if (last != null) {
            if (probe.options().reuseConnection() && answer.leavesConnection() && probe.has(line)) {
                line.keep(last);
            } else {
                last.close();
            }
        }
        promise.complete(result);
    }
}
