package io.fairlead.network;

import io.fairlead.settings.ListenAddress;
import io.netty.channel.ServerChannel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loops of this process, and who may listen where. Every socket allows another process of the same user to listen beside it,
 * so that this one can be taken over; but only a process that is told to take over makes use of that, for two that serve one address
 * by mistake are hard to find.
 */
public final class Network {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);

    private final ListeningSockets sockets = new ListeningSockets();
    private final boolean takesOver;
    private final Vertx vertx;

    private Network(Transport transport, boolean takesOver) {
        this.takesOver = takesOver;
        this.vertx = transport.newVertx(sockets);
        transport.logChosen();
    }

    /**
     * A process that listens where nobody does. Any thread.
     *
     * @throws IllegalStateException if the transport cannot be had here
     */
    public static Network on(Transport transport) {
        return new Network(transport, false);
    }

    /**
     * A process that listens beside another one, and gets all new connections from then on. Any thread.
     *
     * @throws IllegalStateException if the transport cannot be had here
     */
    public static Network takingOver(Transport transport) {
        return new Network(transport, true);
    }

    /** Whether it takes the place of another process, which serves as long as this one is not ready. */
    public boolean takesOver() {
        return takesOver;
    }

    /** The event loops. Any thread. */
    public Vertx vertx() {
        return vertx;
    }

    /**
     * Begins to listen at an address. Control context only, where it completes.
     *
     * @param who for the error: {@code "listener web"}
     * @param binding does it
     * @return what that came to; fails in words, such as that the address is in use
     */
    <T> Future<T> bind(String who, ListenAddress address, Supplier<Future<T>> binding) {
        return vertx.executeBlocking(() -> expectFree(address)) // looks up names
                .compose(free -> binding.get())
                .onSuccess(bound -> direct(address))
                .recover(cause -> {
                    String text = String.valueOf(cause.getMessage());
                    String reason = text.toLowerCase(Locale.ROOT).contains("in use") ? "the address is in use" : text;
                    return Future.failedFuture(new IllegalStateException(who + ": " + address + ": " + reason, cause));
                });
    }

    /** Asks as one who does not share: bound, but without listening, so that nobody connects to it. */
    private boolean expectFree(ListenAddress address) throws IOException {
        InetSocketAddress at = new InetSocketAddress(address.host(), address.port());
        if (!takesOver && at.getPort() != 0 && !at.isUnresolved() && !sockets.overlap(at)) {
            try (Socket socket = new Socket()) {
                socket.setReuseAddress(true); // connections of the past are no hindrance
                socket.bind(at);
            }
        }
        return true;
    }

    /**
     * Listens at an address no more. Vert.x would first take its servers away, one after another, and accept connections for none of
     * them meanwhile; so this comes before they are shut down. Control context only, where it completes.
     *
     * @param bound with the port that was really bound
     */
    Future<Void> release(ListenAddress bound) {
        return vertx.<InetSocketAddress>executeBlocking(() -> new InetSocketAddress(bound.host(), bound.port()))
                .compose(at -> {
                    List<Future<Void>> closing = new ArrayList<>();
                    for (ServerChannel socket : at.isUnresolved() ? List.<ServerChannel>of() : sockets.at(at)) {
                        Promise<Void> closed = Promise.promise();
                        socket.close().addListener(any -> closed.complete());
                        closing.add(closed.future());
                    }
                    return Future.join(closing).mapEmpty();
                });
    }

    private void direct(ListenAddress address) {
        if (takesOver && address.port() != 0) {
            for (ServerChannel socket : sockets.at(address.port())) {
                try {
                    Takeover.direct(socket);
                } catch (IOException e) {
                    LOG.warn(
                            "takeover of {}: the old process gets new connections, too; one that comes in the moment in which it"
                                    + " stops may be refused: {}",
                            address,
                            e.getMessage());
                }
            }
        }
    }
}
