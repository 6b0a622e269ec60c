package io.fairlead.health.probe;

import io.fairlead.member.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a gRPC probe has for one member between two probes: its question's head, and perhaps a connection. Control context only. */
final class GrpcLine {
    private final Member member;
    private final byte[] head;
    private @Nullable Http2Connection kept;
    private @Nullable String keptFor;

    GrpcLine(Member member, byte[] head) {
        this.member = member;
        this.head = head;
    }

    /** The header block of the question to a member. */
    static byte[] head(GrpcProbeOptions options, Member member, boolean tls, long timeoutMillis) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(":method", "POST");
        fields.put(":scheme", tls ? "https" : "http");
        fields.put(":path", "/grpc.health.v1.Health/Check");
        fields.put(":authority", options.host().isEmpty() ? member.address().toString() : options.host());
        fields.put("content-type", "application/grpc");
        fields.put("te", "trailers");
        fields.put("grpc-timeout", timeoutMillis + "m");
        fields.put("user-agent", "fairlead-probe");
        fields.putAll(ProbeHeaders.inClear(options.headers()));
        return HeaderBlock.write(fields);
    }

    Member member() {
        return member;
    }

    byte[] head() {
        return head;
    }

    /** The connection that was kept, which is the taker's now; null if there is none to where the member is at present. */
    @Nullable
    Http2Connection take() {
        Http2Connection taken = kept;
        kept = null;
        if (taken != null && (!taken.isOpen() || !String.valueOf(member.ip()).equals(keptFor))) {
            taken.close();
            return null;
        }
        return taken;
    }

    /** Keeps a connection on which nothing is under way. */
    void keep(Http2Connection connection) {
        close();
        kept = connection;
        keptFor = member.ip();
    }

    void close() {
        Http2Connection last = kept;
        kept = null;
        if (last != null) {
            last.close();
        }
    }
}
