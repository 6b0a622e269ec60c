package io.fairlead.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * A port on which connecting neither succeeds nor fails: its queue of connections that wait to be accepted is full, so that
 * the system drops further ones' first packets.
 */
final class DeafServer implements AutoCloseable {
    private static final int MORE_THAN_THE_QUEUE_HOLDS = 8;

    private final ServerSocket listening;
    private final List<SocketChannel> queued = new ArrayList<>();

    private DeafServer(ServerSocket listening) {
        this.listening = listening;
    }

    /** Listens on a free port of 127.0.0.1 and fills its queue. */
    static DeafServer start() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        DeafServer server = new DeafServer(new ServerSocket(0, 1, loopback));
        for (int i = 0; i < MORE_THAN_THE_QUEUE_HOLDS; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            channel.connect(new InetSocketAddress(loopback, server.listening.getLocalPort()));
            server.queued.add(channel);
        }
        return server;
    }

    /** As a configuration writes it. */
    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (SocketChannel channel : queued) {
            channel.close();
        }
    }
}
