package io.fairlead.health.probe;

import io.fairlead.member.Member;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP probe has for one member between two probes: its request as it goes over the wire, and perhaps a connection.
 * Control context only.
 */
final class HttpLine {
    private final Member member;
    private final Buffer request;
    private @Nullable NetSocket kept;
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

    /** The connection that was kept, which is the taker's now; null if there is none to where the member is at present. */
    @Nullable
    NetSocket take() {
        NetSocket taken = kept;
        kept = null;
        if (taken != null && !String.valueOf(member.ip()).equals(keptFor)) {
            taken.close();
            return null;
        }
        return taken;
    }

    /** Keeps a connection on which nothing is under way. If the member ends it, or talks unasked, that is its good right. */
    void keep(NetSocket socket) {
        close();
        kept = socket;
        keptFor = member.ip();
        socket.handler(unasked -> drop(socket))
                .exceptionHandler(broken -> drop(socket))
                .closeHandler(v -> drop(socket));
    }

    private void drop(NetSocket socket) {
        if (kept == socket) {
            kept = null;
        }
        socket.close();
    }

    void close() {
        NetSocket last = kept;
        kept = null;
        if (last != null) {
            last.close();
        }
    }
}
