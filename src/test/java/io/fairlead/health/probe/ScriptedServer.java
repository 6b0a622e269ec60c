package io.fairlead.health.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;

/** A raw server on loopback that does to each connection what its script says, and sees whether the peer closes it. */
final class ScriptedServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    /** What is done to a connection; afterwards the server reads to the end of what the peer sends, then closes. */
    interface Script {
        void run(Socket connection) throws IOException;
    }

    private final ServerSocket listener;
    private final List<Socket> accepted = new ArrayList<>();
    private final List<String> heads = new ArrayList<>();
    private final Thread acceptor;
    private volatile Script script;
    private int left;

    ScriptedServer(Script script) throws IOException {
        this(script, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    private ScriptedServer(Script script, ServerSocket listener) {
        this.script = script;
        this.listener = listener;
        acceptor = daemon(this::accept);
    }

    /** The same by TLS; the handshake is made when a script first reads or writes. */
    static ScriptedServer byTls(SSLContext context, Script script) throws IOException {
        return new ScriptedServer(
                script, context.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    }

    /** A script that reads a request's head and answers with these bytes. */
    static Script answering(String answer) {
        return connection -> {
            readHead(connection);
            write(connection, answer);
        };
    }

    /** A server that keeps the heads it reads, and answers each with these bytes. */
    static ScriptedServer keepingHeads(String answer) throws IOException {
        ScriptedServer server = new ScriptedServer(connection -> {});
        server.does(connection -> {
            for (String head = readHead(connection); !head.isEmpty(); head = readHead(connection)) {
                server.keep(head);
                write(connection, answer);
            }
        });
        return server;
    }

    /** Waits so long for the peer to close; anything it sends instead is a mistake. */
    static boolean isClosedWithin(Socket connection, int millis) throws IOException {
        connection.setSoTimeout(millis);
        try {
            return connection.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    static void write(Socket connection, String text) throws IOException {
        connection.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    static String readHead(Socket connection) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = connection.getInputStream();
        int next = in.read();
        while (next >= 0) {
            head.append((char) next);
            if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
            next = in.read();
        }
        return head.toString();
    }

    void does(Script next) {
        script = next;
    }

    int port() {
        return listener.getLocalPort();
    }

    synchronized int connections() {
        return accepted.size();
    }

    /** Keeps a head that a script has read. */
    synchronized void keep(String head) {
        heads.add(head);
    }

    synchronized List<String> heads() {
        return List.copyOf(heads);
    }

    /** Waits until so many have connected. */
    synchronized void awaitConnections(int count) throws InterruptedException {
        await(() -> accepted.size() >= count, () -> "only " + accepted.size() + " have connected");
    }

    /** Waits until the peer has closed every connection; throws if it keeps one. */
    synchronized void awaitAllClosed() throws InterruptedException {
        await(() -> left >= accepted.size(), () -> (accepted.size() - left) + " connections are still open");
    }

    private synchronized void await(BooleanSupplier condition, Supplier<String> complaint) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000L;
        while (!condition.getAsBoolean()) {
            long rest = (deadline - System.nanoTime()) / 1_000_000;
            if (rest <= 0) {
                throw new AssertionError(complaint.get());
            }
            wait(rest);
        }
    }

    /** Closes the listener and all connections. Whoever connects afterwards is refused. */
    @Override
    public void close() throws IOException {
        listener.close();
        join(acceptor); // until it has left its accept, the system still takes connections
        synchronized (this) {
            for (Socket socket : accepted) {
                socket.close();
            }
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = listener.accept();
                synchronized (this) {
                    accepted.add(connection);
                    notifyAll();
                }
                daemon(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setSoTimeout(2 * PATIENCE_MILLIS);
            script.run(connection);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            return; // the peer never closed
        } catch (IOException e) {
            // reset by the peer, or closed by the script: either way it is gone
        }
        synchronized (this) {
            left++;
            notifyAll();
        }
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "scripted-server");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void join(Thread thread) throws IOException {
        try {
            thread.join(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
