package io.fairlead.health.probe;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a member over HTTP/1.1 and judges by status and body. Every probe has a connection of its own, so that a listener
 * which refuses is noticed while older connections still work; with {@code reuse_connection} a connection is kept for the
 * next probe. It knows nothing of the connections of the traffic.
 *
 * <p>It speaks and reads HTTP itself, because ten thousand members are to be asked every other second: its request stands
 * ready for each member, and what is read of an answer is what is judged.
 *
 * <p>Control context only.
 */
public final class HttpProbe implements Probe {
    private final HttpProbeOptions options;
    private final ProbeProvider.Environment environment;
    private final Dial dial;
    private final HttpVerdicts verdicts;
    private final Seats seats = new Seats();
    private final Map<Member, HttpLine> lines = new IdentityHashMap<>();

    HttpProbe(HttpProbeOptions options, ProbeProvider.Environment environment) {
        this.options = options;
        this.environment = environment;
        this.dial = new Dial(environment, options.port(), List.of());
        this.verdicts = new HttpVerdicts(options, environment.timeout());
    }

    @Override
    public Future<ProbeResult> probe(Member member) {
        HttpLine line = lines.computeIfAbsent(member, any -> new HttpLine(member, request(member)));
        return new HttpAsking(this, line).start();
    }

    @Override
    public void forget(Member member) {
        HttpLine line = lines.remove(member);
        if (line != null) {
            line.close();
        }
    }

    @Override
    public void close() {
        lines.values().forEach(HttpLine::close);
        lines.clear();
        dial.close();
    }

    HttpProbeOptions options() {
        return options;
    }

    ProbeProvider.Environment environment() {
        return environment;
    }

    Dial dial() {
        return dial;
    }

    Seats seats() {
        return seats;
    }

    HttpVerdicts verdicts() {
        return verdicts;
    }

    /** Whether this is a member's line still; it is not when the member was forgotten meanwhile. */
    boolean has(HttpLine line) {
        return lines.get(line.member()) == line;
    }

    private Buffer request(Member member) {
        String host = options.host().isEmpty() ? member.address().toString() : options.host();
        StringBuilder head = new StringBuilder()
                .append(options.method())
                .append(' ')
                .append(options.path())
                .append(" HTTP/1.1\r\nHost: ")
                .append(host)
                .append("\r\n");
        if (options.headers().keySet().stream().noneMatch("user-agent"::equalsIgnoreCase)) {
            head.append("User-Agent: fairlead-probe\r\n");
        }
        ProbeHeaders.inClear(options.headers())
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        if (!options.reuseConnection()) {
            head.append("Connection: close\r\n");
        }
        if (options.method().equals("POST")
                || options.method().equals("PUT")
                || options.method().equals("PATCH")) {
            head.append("Content-Length: 0\r\n");
        }
        return Buffer.buffer(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    /** {@code type = "http"}. */
    public static final class Named implements ProbeProvider<HttpProbeOptions> {
        @Override
        public String name() {
            return "http";
        }

        @Override
        public Class<HttpProbeOptions> optionsType() {
            return HttpProbeOptions.class;
        }

        @Override
        public Probe create(HttpProbeOptions options, Environment environment) {
            return new HttpProbe(options, environment);
        }
    }
}
