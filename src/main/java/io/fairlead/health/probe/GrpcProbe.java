package io.fairlead.health.probe;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a member's {@code grpc.health.v1} service whether it serves (GRPC Health Checking Protocol): over HTTP/2, by ALPN where
 * the pool has TLS, and with prior knowledge in cleartext.
 *
 * <p>It speaks HTTP/2 itself, as much of it as there is need of: a member that accepts a connection and then says nothing,
 * or something else than HTTP/2, is what probes are for, and a client made for traffic makes little of it.
 *
 * <p>Control context only.
 */
public final class GrpcProbe implements Probe {
    private final GrpcProbeOptions options;
    private final ProbeProvider.Environment environment;
    private final Dial dial;
    private final GrpcVerdicts verdicts;
    private final Buffer question;
    private final Map<Member, GrpcLine> lines = new IdentityHashMap<>();

    GrpcProbe(GrpcProbeOptions options, ProbeProvider.Environment environment) {
        this.options = options;
        this.environment = environment;
        this.dial = new Dial(environment, options.port(), List.of("h2"));
        this.verdicts = new GrpcVerdicts(options);
        this.question = GrpcMessage.request(options.service());
    }

    @Override
    public Future<ProbeResult> probe(Member member) {
        GrpcLine line = lines.computeIfAbsent(
                member,
                any -> new GrpcLine(
                        any,
                        GrpcLine.head(
                                options,
                                any,
                                environment.tls().isPresent(),
                                environment.timeout().toMillis())));
        return new GrpcAsking(this, line).start();
    }

    @Override
    public void forget(Member member) {
        GrpcLine line = lines.remove(member);
        if (line != null) {
            line.close();
        }
    }

    @Override
    public void close() {
        lines.values().forEach(GrpcLine::close);
        lines.clear();
        dial.close();
    }

    GrpcProbeOptions options() {
        return options;
    }

    ProbeProvider.Environment environment() {
        return environment;
    }

    Dial dial() {
        return dial;
    }

    GrpcVerdicts verdicts() {
        return verdicts;
    }

    /** The question's message in its frame. */
    Buffer question() {
        return question;
    }

    /** Whether this is a member's line still; it is not when the member was forgotten meanwhile. */
    boolean has(GrpcLine line) {
        return lines.get(line.member()) == line;
    }

    /** {@code type = "grpc"}. */
    public static final class Named implements ProbeProvider<GrpcProbeOptions> {
        @Override
        public String name() {
            return "grpc";
        }

        @Override
        public Class<GrpcProbeOptions> optionsType() {
            return GrpcProbeOptions.class;
        }

        @Override
        public Probe create(GrpcProbeOptions options, Environment environment) {
            return new GrpcProbe(options, environment);
        }
    }
}
