package io.fairlead.health.probe;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * A connection of an HTTP probe, with whoever asks on it at present. It listens once and for all: to set the handlers of a
 * connection that is old anew for each probe is dear, as the collector looks at each such object again.
 *
 * <p>Control context only.
 */
final class HttpWire {
    private final NetSocket socket;
    private final Seats seats;
    private int seat = Seats.NONE;
    private boolean over;

    HttpWire(NetSocket socket, Seats seats) {
        this.socket = socket;
        this.seats = seats;
        socket.handler(this::took);
        socket.exceptionHandler(this::broke);
        socket.closeHandler(v -> closed());
    }

    /** Sends a request; what comes is for the one who asks. */
    void ask(HttpAsking asking, Buffer request) {
        seat = seats.take(asking);
        socket.write(request);
    }

    /** Nothing is under way any more. */
    void rest() {
        seats.leave(seat);
        seat = Seats.NONE;
    }

    /** Whether a request may be sent. */
    boolean isFree() {
        return !over && seat == Seats.NONE;
    }

    void close() {
        over = true;
        rest();
        socket.close();
    }

    private void took(Buffer piece) {
        HttpAsking asking = seats.at(seat);
        if (asking != null) {
            asking.took(piece.getBytes());
        } else {
            close(); // the member talks unasked, or goes on behind the end of its answer
        }
    }

    private void broke(Throwable cause) {
        HttpAsking asking = seats.at(seat);
        close();
        if (asking != null) {
            asking.broke(cause);
        }
    }

    private void closed() {
        HttpAsking asking = seats.at(seat);
        close();
        if (asking != null) {
            asking.closed();
        }
    }
}
