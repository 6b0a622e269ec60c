package io.fairlead.health.probe;

import io.fairlead.member.Member;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP probe has for one member between two probes: its request as it goes over the wire, and perhaps a connection.
 * Control context only.
 */
final class HttpLine {
    private final Member member;
    private final Buffer request;
    private @Nullable HttpWire kept;
    private @Nullable String keptFor;

    HttpLine(Member member, Buffer request) {
        this.member = member;
        this.request = request;
    }

    Member member() {
        return member;
    }

    Buffer request() {
        return request;
    }

    /** The connection that was kept, if it is free and leads to where the member is at present; else null. */
    @Nullable
    HttpWire kept() {
        HttpWire wire = kept;
        if (wire == null || !wire.isFree()) {
            return null;
        }
        if (!String.valueOf(member.ip()).equals(keptFor)) {
            close();
            return null;
        }
        return wire;
    }

    /** Keeps a connection on which nothing is under way. */
    void keep(HttpWire wire) {
        wire.rest();
        if (kept != wire) {
            close();
            kept = wire;
            keptFor = member.ip();
        }
    }

    void close() {
        HttpWire last = kept;
        kept = null;
        if (last != null) {
            last.close();
        }
    }
}
