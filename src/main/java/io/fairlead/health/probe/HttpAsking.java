package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult;
import io.fairlead.health.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP probe, from its connection to its verdict. A connection that was kept may have been closed at the other end while
 * nobody looked: if it ends before anything of the answer came, a new one is made. Control context only.
 */
final class HttpAsking {
    private final HttpProbe probe;
    private final HttpLine line;
    private final HttpAnswer answer;
    private final Promise<ProbeResult> promise = Promise.promise();
    private @Nullable HttpWire wire;
    private Scheduler.Cancellation timer = () -> {};
    private boolean reused;
    private boolean over;

    HttpAsking(HttpProbe probe, HttpLine line) {
        this.probe = probe;
        this.line = line;
        this.answer = probe.verdicts().newAnswer();
    }

    Future<ProbeResult> start() {
        HttpWire kept = line.kept();
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
            ask(new HttpWire(made, probe.seats()));
        }
    }

    private void ask(HttpWire on) {
        wire = on;
        on.ask(this, line.request());
    }

    /** A piece of the answer came. */
    void took(byte[] piece) {
        try {
            answer.take(piece);
            if (probe.verdicts().isDecided(answer)) {
                end(probe.verdicts().of(answer));
            }
        } catch (Unfit e) {
            end(probe.verdicts().of(answer, e.failure()));
        }
    }

    /** The connection broke. */
    void broke(Throwable cause) {
        if (!isStale()) {
            end(probe.verdicts().of(answer, FailureWords.broken(cause, answer.hasHead())));
        }
    }

    /** The connection ended. */
    void closed() {
        if (isStale()) {
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
    private boolean isStale() {
        if (!reused || answer.hasBegun()) {
            return false;
        }
        wire = null;
        dial();
        return true;
    }

    private void end(ProbeResult result) {
        if (over) {
            return;
        }
        over = true;
        timer.cancel();
        HttpWire last = wire;
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
