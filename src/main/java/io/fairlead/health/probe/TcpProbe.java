package io.fairlead.health.probe;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.Scheduler;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;

/**
 * Connects to a member, with the handshake where the pool has TLS, says nothing and closes. That passes whatever accepts
 * connections, which a program that hangs may well do: the kernel accepts for it. Control context only.
 */
public final class TcpProbe implements Probe {
    private static final Passed CONNECTED = new Passed("connected");

    private final ProbeProvider.Environment environment;
    private final Dial dial;

    TcpProbe(TcpProbeOptions options, ProbeProvider.Environment environment) {
        this.environment = environment;
        this.dial = new Dial(environment, options.port());
    }

    @Override
    public Future<ProbeResult> probe(Member member) {
        Promise<ProbeResult> promise = Promise.promise();
        dial.connect(member)
                .onSuccess(NetSocket::close)
                .onComplete(
                        socket -> promise.tryComplete(CONNECTED),
                        cause -> promise.tryComplete(FailureWords.connecting(cause, environment.timeout())));
        Scheduler.Cancellation timer = environment
                .scheduler()
                .after(environment.timeout(), () -> promise.tryComplete(FailureWords.late(environment.timeout())));
        return promise.future().andThen(any -> timer.cancel());
    }

    @Override
    public void close() {
        dial.close();
    }

    /** {@code type = "tcp"}. */
    public static final class Named implements ProbeProvider<TcpProbeOptions> {
        @Override
        public String name() {
            return "tcp";
        }

        @Override
        public Class<TcpProbeOptions> optionsType() {
            return TcpProbeOptions.class;
        }

        @Override
        public Probe create(TcpProbeOptions options, Environment environment) {
            return new TcpProbe(options, environment);
        }
    }
}
