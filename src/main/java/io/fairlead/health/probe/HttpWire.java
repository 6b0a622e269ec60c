package io.fairlead.health.probe;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an HTTP probe, with whoever asks on it at present. It listens once and for all: to set the handlers of a
 * connection that is old anew for each probe is dear, as the collector looks at each such object again.
 *
 * <p>Control context only.
 */
final class HttpWire {
    private final NetSocket socket;
    private @Nullable HttpAsking user;
    private boolean over;

    HttpWire(NetSocket socket) {
        this.socket = socket;
        socket.handler(this::took);
        socket.exceptionHandler(this::broke);
        socket.closeHandler(v -> closed());
    }

    /** Sends a request; what comes is for the one who asks. */
    void ask(HttpAsking asking, Buffer request) {
        user = asking;
        socket.write(request);
    }

    /** Nothing is under way any more. */
    void rest() {
        user = null;
    }

    /** Whether a request may be sent. */
    boolean isFree() {
        return !over && user == null;
    }

    void close() {
        over = true;
        user = null;
        socket.close();
    }

    private void took(Buffer piece) {
        HttpAsking asking = user;
        if (asking != null) {
            asking.took(piece.getBytes());
        } else {
            close(); // the member talks unasked, or goes on behind the end of its answer
        }
    }

    private void broke(Throwable cause) {
        HttpAsking asking = user;
        close();
        if (asking != null) {
            asking.broke(cause);
        }
    }

    private void closed() {
        HttpAsking asking = user;
        close();
        if (asking != null) {
            asking.closed();
        }
    }
}
