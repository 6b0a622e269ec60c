package io.fairlead.network;

import io.fairlead.settings.Kebab;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);

    /**
     * A Vert.x on this transport, with one event loop per core for traffic and one for control.
     *
     * @param sockets get to know those that listen
     * @throws IllegalStateException if the transport was asked for by name and cannot be had here
     */
    Vertx newVertx(ListeningSockets sockets) {
        VertxOptions options =
                new VertxOptions().setEventLoopPoolSize(eventLoops() + 1).setDisableTCCL(true);
        io.vertx.core.transport.Transport chosen = choose();
        if (!chosen.available()) {
            throw new IllegalStateException("transport: " + word() + " cannot be had here: " + reason(chosen)
                    + " (expected: another, such as --transport auto)");
        }
        return Vertx.builder().with(options).withTransport(sockets.of(chosen)).build();
    }

    /** How many event loops carry traffic. */
    static int eventLoops() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** Says what moves the bytes; loudly if it is not native, because that costs. */
    void logChosen() {
        String name = choose().name();
        if (this == AUTO && name.equals(NIO.word())) {
            LOG.warn("transport nio: epoll cannot be had here ({}), requests will cost more", reason(epoll()));
        }
        LOG.info(
                "transport {}, {} event loops, Java {}, Netty {}",
                name,
                eventLoops(),
                Runtime.version().feature(),
                nettyVersion());
    }

    private static String nettyVersion() {
        var common = io.netty.util.Version.identify().get("netty-common");
        return common == null ? "unknown" : common.artifactVersion();
    }

    private io.vertx.core.transport.Transport choose() {
        return switch (this) {
            case EPOLL -> io.vertx.core.transport.Transport.EPOLL;
            case IO_URING -> io.vertx.core.transport.Transport.IO_URING;
            case NIO -> io.vertx.core.transport.Transport.NIO;
            case AUTO -> {
                var epoll = epoll();
                yield epoll != null && epoll.available() ? epoll : io.vertx.core.transport.Transport.NIO;
            }
        };
    }

    private static io.vertx.core.transport.@Nullable Transport epoll() {
        return io.vertx.core.transport.Transport.EPOLL;
    }

    private static String reason(io.vertx.core.transport.@Nullable Transport transport) {
        Throwable cause = transport == null ? null : transport.unavailabilityCause();
        return cause == null ? "not supported" : String.valueOf(cause.getMessage());
    }

    /** As it is written on the command line. */
    String word() {
        return Kebab.of(this);
    }

    @Override
    public String toString() {
        return word();
    }
}
