package io.fairlead;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Locale;

/** What moves the bytes between kernel and event loops. */
public enum Transport {
    /** Linux epoll where it can be loaded, else the JDK's. */
    AUTO,
    /** Linux epoll. */
    EPOLL,
    /** Linux io_uring: cheaper per request on new kernels, and less proven. */
    IO_URING,
    /** The JDK's own, on any system. */
    NIO;

    /**
     * A Vert.x on this transport, with one event loop per core for traffic and one for control.
     *
     * @throws IllegalStateException if the transport was asked for by name and cannot be had here
     */
    Vertx newVertx() {
        VertxOptions options =
                new VertxOptions().setEventLoopPoolSize(eventLoops() + 1).setDisableTCCL(true);
        io.vertx.core.transport.Transport chosen = choose();
        if (!chosen.available()) {
            throw new IllegalStateException("transport: " + word() + " cannot be had here: " + reason(chosen)
                    + " (expected: another, such as --transport auto)");
        }
        return Vertx.builder().with(options).withTransport(chosen).build();
    }

    /** How many event loops carry traffic. */
    static int eventLoops() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** The name of what {@link #newVertx()} uses. */
    String chosenName() {
        return choose().name();
    }

    private io.vertx.core.transport.Transport choose() {
        return switch (this) {
            case EPOLL -> io.vertx.core.transport.Transport.EPOLL;
            case IO_URING -> io.vertx.core.transport.Transport.IO_URING;
            case NIO -> io.vertx.core.transport.Transport.NIO;
            case AUTO ->
                io.vertx.core.transport.Transport.EPOLL != null && io.vertx.core.transport.Transport.EPOLL.available()
                        ? io.vertx.core.transport.Transport.EPOLL
                        : io.vertx.core.transport.Transport.NIO;
        };
    }

    private static String reason(io.vertx.core.transport.Transport transport) {
        Throwable cause = transport.unavailabilityCause();
        return cause == null ? "not supported" : String.valueOf(cause.getMessage());
    }

    /** As it is written on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return word();
    }
}
