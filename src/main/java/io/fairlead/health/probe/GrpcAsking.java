package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.health.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One gRPC probe, from its connection to its verdict. What was kept may have ended at the other end while nobody looked: if it
 * fails before an answer begins, a new connection is made. Control context only.
 */
final class GrpcAsking implements Http2Connection.Listener {
    private final GrpcProbe probe;
    private final GrpcLine line;
    private final Promise<ProbeResult> promise = Promise.promise();
    private final GrpcMessage message = new GrpcMessage();
    private @Nullable Http2Connection connection;
    private @Nullable Map<String, String> last;
    private Scheduler.Cancellation timer = () -> {};
    private boolean reused;
    private boolean over;

    GrpcAsking(GrpcProbe probe, GrpcLine line) {
        this.probe = probe;
        this.line = line;
    }

    Future<ProbeResult> start() {
        Http2Connection kept = line.take();
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
                            () -> end(FailureWords.late(probe.environment().timeout()), false));
        }
        return promise.future();
    }

    private void dial() {
        reused = false;
        probe.dial()
                .connect(line.member())
                .onComplete(
                        this::connected,
                        cause -> end(
                                FailureWords.connecting(
                                        cause, probe.environment().timeout()),
                                false));
    }

    private void connected(NetSocket made) {
        if (over) {
            made.close();
        } else if (made.isSsl() && !"h2".equals(made.applicationLayerProtocol())) {
            made.close();
            end(new Failed(Reason.PROTOCOL, "not HTTP/2: the member does not offer it by ALPN"), false);
        } else {
            ask(new Http2Connection(made));
        }
    }

    private void ask(Http2Connection on) {
        connection = on;
        on.ask(line.head(), probe.question(), this);
    }

    @Override
    public void fields(Map<String, String> fields) {
        if (last == null) {
            Failed failure = probe.verdicts().ofHead(fields);
            if (failure != null) {
                end(failure, false);
            }
        }
        last = fields;
    }

    @Override
    public void body(byte[] piece) throws Unfit {
        if (!over) {
            message.take(piece);
        }
    }

    @Override
    public void ended() {
        if (!over && last != null) {
            end(probe.verdicts().of(last, message), true);
        }
    }

    @Override
    public void failed(Failed why) {
        if (reused && last == null && !over) {
            dial();
        } else {
            end(why, false);
        }
    }

    private void end(ProbeResult result, boolean whole) {
        if (over) {
            return;
        }
        over = true;
        timer.cancel();
        Http2Connection used = connection;
        if (used != null) {
            if (probe.options().reuseConnection() && whole && used.isOpen() && probe.has(line)) {
                line.keep(used);
            } else {
                used.close();
            }
        }
        promise.complete(result);
    }
}
