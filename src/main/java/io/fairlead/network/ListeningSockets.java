package io.fairlead.network;

import io.netty.channel.ChannelFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The listening sockets of this process, which Vert.x keeps to itself: there is one for each address, whatever number of servers
 * share it. They are got to know where Vert.x asks its transport for them.
 */
final class ListeningSockets {
    // The acceptor's thread adds and removes, control context reads.
    private final Set<ServerChannel> open = ConcurrentHashMap.newKeySet();

    /** The same transport, but that what it listens with is known here. */
    io.vertx.core.transport.Transport of(io.vertx.core.transport.Transport transport) {
        return new Known(transport, known(transport.implementation()));
    }

    /** Whether one listens at this address, or at one that it is a part of, or that is a part of it. */
    boolean overlap(InetSocketAddress address) {
        return at(address.getPort()).stream()
                .map(ListeningSockets::ip)
                .anyMatch(ip -> ip.isAnyLocalAddress()
                        || address.getAddress().isAnyLocalAddress()
                        || ip.equals(address.getAddress()));
    }

    /** Those that listen at exactly this address. */
    List<ServerChannel> at(InetSocketAddress address) {
        InetAddress all = address.getAddress();
        return at(address.getPort()).stream()
                .filter(channel ->
                        ip(channel).equals(all) || (ip(channel).isAnyLocalAddress() && all.isAnyLocalAddress()))
                .toList();
    }

    private static InetAddress ip(ServerChannel channel) {
        return ((InetSocketAddress) channel.localAddress()).getAddress();
    }

    /** Those that listen at a port. */
    List<ServerChannel> at(int port) {
        return open.stream()
                .filter(channel -> channel.localAddress() instanceof InetSocketAddress bound && bound.getPort() == port)
                .toList();
    }

    /** By reflection, so that whatever else a transport may be asked for reaches it, and not a default of the interface. */
    private io.vertx.core.spi.transport.Transport known(io.vertx.core.spi.transport.Transport transport) {
        Class<io.vertx.core.spi.transport.Transport> type = io.vertx.core.spi.transport.Transport.class;
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(transport, arguments);
                        return method.getName().equals("serverChannelFactory")
                                ? known((ChannelFactory<?>) result)
                                : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    private ChannelFactory<ServerChannel> known(ChannelFactory<?> factory) {
        return () -> {
            ServerChannel channel = (ServerChannel) factory.newChannel();
            if (channel instanceof NioServerSocketChannel) {
                // Vert.x sets it where the transport is native, and only there.
                channel.config().setOption(NioChannelOption.of(StandardSocketOptions.SO_REUSEPORT), true);
            }
            open.add(channel);
            channel.closeFuture().addListener(closed -> open.remove(channel));
            return channel;
        };
    }

    /** A transport by whose implementation sockets become known. */
    private record Known(
            io.vertx.core.transport.Transport transport, io.vertx.core.spi.transport.Transport implementation)
            implements io.vertx.core.transport.Transport {
        @Override
        public String name() {
            return transport.name();
        }

        @Override
        public boolean available() {
            return transport.available();
        }

        @Override
        public Throwable unavailabilityCause() {
            return transport.unavailabilityCause();
        }
    }
}
