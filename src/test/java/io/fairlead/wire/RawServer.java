package io.fairlead.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/**
 * An origin that follows a script: the nth connection runs the nth script on a thread of its own, and the last script
 * serves all further ones. What a script throws is kept and fails the test at its end.
 */
final class RawServer implements AutoCloseable {
    private final ServerSocket listening;
    private final List<Script> scripts;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Wire> wires = new CopyOnWriteArrayList<>();
    private final List<Head> heads = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    // Test's thread and script threads: how many connections have come to their end.
    private final AtomicInteger ended = new AtomicInteger();
    private volatile boolean closing;
    private volatile int sentinelPort = -1;
    private volatile boolean sentinelSeen;

    private RawServer(ServerSocket listening, List<Script> scripts) {
        this.listening = listening;
        this.scripts = scripts;
    }

    /** Listens on a free port of 127.0.0.1. */
    static RawServer start(Script... scripts) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.bind(new InetSocketAddress(loopback(), 0));
        RawServer server = new RawServer(socket, List.of(scripts));
        server.spawn(server::acceptAll, "accept");
        return server;
    }

    /**
     * The same by TLS; the handshake is made when a script first reads or writes.
     *
     * @param demanding whether a client has to show a certificate
     */
    static RawServer startTls(SSLContext context, boolean demanding, Script... scripts) throws IOException {
        SSLServerSocket socket =
                (SSLServerSocket) context.getServerSocketFactory().createServerSocket();
        socket.setNeedClientAuth(demanding);
        socket.bind(new InetSocketAddress(loopback(), 0));
        RawServer server = new RawServer(socket, List.of(scripts));
        server.spawn(server::acceptAll, "accept");
        return server;
    }

    /** A port of 127.0.0.1 on which nothing listens. */
    static int refusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(loopback(), 0));
            return socket.getLocalPort();
        }
    }

    /** As a configuration writes it. */
    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** Connections that came so far. */
    int connections() {
        return wires.size();
    }

    /** The name that each connection asked for by SNI, the empty text where it asked for none; in the order of their coming. */
    List<String> requestedServerNames() {
        return wires.stream().map(Wire::requestedServerName).toList();
    }

    /** Heads that scripts read so far, of all connections in the order of reading. */
    List<Head> heads() {
        return heads;
    }

    /** The only head that came. */
    Head onlyHead() {
        if (heads.size() != 1) {
            throw new AssertionError(heads.size() + " requests came: " + heads);
        }
        return heads.get(0);
    }

    /** Waits until so many connections have come to their script's end. */
    void awaitEnded(int count) {
        Await.until(count + " connections of " + address() + " have ended", () -> ended.get() >= count);
    }

    /** Waits until so many request heads have come. */
    void awaitHeads(int count) {
        Await.until(count + " requests came to " + address(), () -> heads.size() >= count);
    }

    /**
     * No connection may have been made until now. Connections are accepted in the order in which they were made: one of our
     * own, made now, must be the first.
     */
    void expectNoConnection() throws IOException {
        try (Socket sentinel = new Socket()) {
            sentinel.bind(new InetSocketAddress(loopback(), 0));
            sentinelPort = sentinel.getLocalPort();
            sentinel.connect(listening.getLocalSocketAddress());
            Await.until("the sentinel is accepted", () -> sentinelSeen);
        }
        if (!wires.isEmpty()) {
            throw new AssertionError(wires.size() + " connections were made to " + address() + ": " + heads);
        }
    }

    /** Refuses connections from now on; those that are open stay. */
    void stopListening() throws IOException {
        listening.close();
        Thread acceptor = threads.get(0);
        // Until it has left its accept, the system still takes connections.
        Await.until("nobody is accepted at " + address(), () -> !acceptor.isAlive());
    }

    /** Ends everything and fails if a script failed. */
    @Override
    public void close() throws IOException {
        closing = true;
        listening.close();
        for (Wire wire : wires) {
            wire.close();
        }
        Await.until(
                "the scripts of " + address() + " have ended",
                () -> threads.stream().noneMatch(Thread::isAlive));
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError("a script of " + address() + " failed", failures.get(0));
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    private void acceptAll() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                if (socket.getPort() == sentinelPort) {
                    socket.close();
                    sentinelSeen = true;
                } else {
                    accept(socket);
                }
            } catch (IOException e) {
                if (!listening.isClosed()) {
                    failures.add(e);
                }
            }
        }
    }

    private void accept(Socket socket) throws IOException {
        Script script = scripts.get(Math.min(wires.size(), scripts.size() - 1));
        Wire wire = new Wire(socket, heads::add);
        wires.add(wire);
        spawn(() -> run(script, wire), "script " + wires.size());
    }

    private void run(Script script, Wire wire) {
        try (wire) {
            script.converse(wire);
        } catch (Throwable e) {
            if (!closing) {
                failures.add(e);
            }
        } finally {
            ended.incrementAndGet();
        }
    }

    private void spawn(Runnable task, String what) {
        Thread thread = new Thread(task, "member " + address() + " " + what);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    }
}
