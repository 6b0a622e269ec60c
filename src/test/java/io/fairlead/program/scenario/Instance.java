package io.fairlead.program.scenario;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * One app instance, as a program of its own that can be killed, frozen and stopped, on sockets alone and with one thread. Speaks as
 * much of HTTP/1.1 as is asked of it: requests without bodies, one after another on kept connections, each answered after
 * the service time. Orders are lines on standard input, each acknowledged by a line: {@code refuse} (503 to all but probes,
 * whose paths begin with /health), {@code refuse PATH}, {@code serve}, {@code count}. Ends gently on SIGTERM, and when
 * standard input ends.
 */
final class Instance {
    private static final int BACKLOG = 4096; // one that is frozen takes no connection out of it
    private static final String EVERYTHING = "";

    private final ServerSocketChannel listener;
    private final Selector selector;
    private final long serviceNanos;
    private final Queue<Exchange> inWork = new ArrayDeque<>();
    // The loop writes, orders read.
    private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();
    // Orders write, the loop reads; null: serves all.
    private volatile @org.jspecify.annotations.Nullable String refused;
    private volatile boolean stopping;

    private Instance(int port, long serviceMillis) throws IOException {
        serviceNanos = TimeUnit.MILLISECONDS.toNanos(serviceMillis);
        selector = Selector.open();
        listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        listener.configureBlocking(false);
        listener.register(selector, SelectionKey.OP_ACCEPT);
    }

    /** Port (0: any that is free) and service time in milliseconds. Prints the port when it listens. */
    public static void main(String[] args) throws Exception {
        Instance instance = new Instance(Integer.parseInt(args[0]), Long.parseLong(args[1]));
        Thread loop = new Thread(instance::run, "loop");
        loop.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> instance.stop(loop)));
        System.out.println("listens on " + instance.listener.socket().getLocalPort());
        instance.obey();
        System.exit(0);
    }

    private void obey() throws IOException {
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            switch (order) {
                case "count" -> System.out.println("counted " + counts);
                case "serve" -> refused = null;
                case "refuse" -> refused = EVERYTHING;
                default -> refused = order.substring("refuse ".length());
            }
            System.out.println("did " + order);
        }
    }

    private void stop(Thread loop) {
        stopping = true;
        selector.wakeup();
        try {
            loop.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!stopping || !inWork.isEmpty()) {
                selector.select(this::ready, millisToNext());
                if (stopping) {
                    retire();
                }
                while (!inWork.isEmpty() && inWork.element().due - System.nanoTime() <= 0) {
                    inWork.remove().answer();
                }
            }
            selector.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** For as long as the selector may wait; 0: for ever. */
    private long millisToNext() {
        if (inWork.isEmpty()) {
            return 0;
        }
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(inWork.element().due - System.nanoTime()));
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                SocketChannel accepted = listener.accept();
                if (accepted != null) {
                    accepted.configureBlocking(false);
                    accepted.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
                    accepted.register(selector, SelectionKey.OP_READ, new Connection(accepted));
                }
            } else if (key.attachment() instanceof Connection connection) {
                connection.read();
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Takes no more connections, and keeps only those on which a request is in work. */
    private void retire() throws IOException {
        listener.close();
        for (SelectionKey key : selector.keys()) {
            if (key.attachment() instanceof Connection connection && !connection.busy) {
                connection.close();
            }
        }
    }

    private Exchange take(Connection from, String path) {
        counts.merge(path, 1, Integer::sum);
        String now = refused;
        boolean refuse = now != null && (now.equals(EVERYTHING) ? !path.startsWith("/health") : path.equals(now));
        return new Exchange(from, refuse, System.nanoTime() + serviceNanos);
    }

    /** A request that is in work. */
    private final class Exchange {
        private final Connection connection;
        private final boolean refuse;
        private final long due;

        Exchange(Connection connection, boolean refuse, long due) {
            this.connection = connection;
            this.refuse = refuse;
            this.due = due;
        }

        void answer() {
            String status = refuse ? "503 Service Unavailable" : "200 OK";
            String last = stopping ? "Connection: close\r\n" : "";
            connection.write("HTTP/1.1 " + status + "\r\n" + last + "Content-Length: 3\r\n\r\nok\n");
            if (stopping) {
                connection.close();
            }
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final ByteBuffer in = ByteBuffer.allocate(4096);
        private boolean busy;

        Connection(SocketChannel channel) {
            this.channel = channel;
        }

        void read() {
            try {
                if (channel.read(in) < 0) {
                    close();
                    return;
                }
            } catch (IOException e) {
                close();
                return;
            }
            String head = new String(in.array(), 0, in.position(), StandardCharsets.ISO_8859_1);
            if (head.endsWith("\r\n\r\n")) {
                in.clear();
                busy = true;
                inWork.add(take(this, head.split(" ", 3)[1]));
            }
        }

        void write(String answer) {
            busy = false;
            try {
                channel.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.ISO_8859_1)));
            } catch (IOException e) {
                close();
            }
        }

        void close() {
            try {
                channel.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
