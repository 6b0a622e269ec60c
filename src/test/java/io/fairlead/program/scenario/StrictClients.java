package io.fairlead.program.scenario;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Clients that never try again: whatever is not answered with a complete 200 is lost, and counted. They keep to the letter of HTTP/1.1:
 * a connection is used until an answer says {@code Connection: close}, then they close it, and connect anew for the next request.
 */
public final class StrictClients implements AutoCloseable {
    private static final int PATIENCE_MS = 20_000;
    private static final int REASONS = 10;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: app.example\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_REQUEST =
            "GET / HTTP/1.1\r\nHost: app.example\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final int port;
    private final boolean keep;
    private final long periodNanos;
    private final long begin = System.nanoTime();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    // Guarded by this object.
    private final List<String> reasons = new ArrayList<>();
    private int sent;
    private int lost;

    /**
     * What became of the requests.
     *
     * @param sent all of them
     * @param lost of these: refused, reset, ended before the answer was complete, or not 200
     * @param reasons of the first ten that were lost
     */
    public record Seen(int sent, int lost, List<String> reasons) {
        public Seen {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * Clients that keep their connections. They begin at once.
     *
     * @param port on 127.0.0.1
     * @param connections each with one request at a time
     * @param requestsPerSecond of all together; one that is late sends at once
     */
    public StrictClients(int port, int connections, int requestsPerSecond) {
        this(port, connections, requestsPerSecond, true);
    }

    /** Clients that connect anew for each request, so many at a time. */
    public static StrictClients connectingAnew(int port, int clients, int requestsPerSecond) {
        return new StrictClients(port, clients, requestsPerSecond, false);
    }

    private StrictClients(int port, int clients, int requestsPerSecond, boolean keep) {
        this.port = port;
        this.keep = keep;
        this.periodNanos = TimeUnit.SECONDS.toNanos(clients) / requestsPerSecond;
        for (int i = 0; i < clients; i++) {
            long phase = periodNanos * i / clients;
            Thread thread = new Thread(() -> run(begin + phase), "strict client " + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    private void run(long firstDue) {
        try (Client client = new Client()) {
            for (long due = firstDue; !stopped; due += periodNanos) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                count(client.ask());
            }
        } catch (InterruptedException | IOException e) {
            count("the client itself: " + e);
        }
    }

    /** Null: it was answered. */
    private synchronized void count(@Nullable String loss) {
        sent++;
        if (loss != null) {
            lost++;
            if (reasons.size() < REASONS) {
                long ms = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
                reasons.add("after " + ms + " ms: " + loss);
            }
        }
    }

    /** How many requests were sent so far. */
    public synchronized int sent() {
        return sent;
    }

    /** Sends no more, and waits for what is under way. */
    public Seen stop() throws InterruptedException {
        stopped = true;
        for (Thread thread : threads) {
            thread.join(2L * PATIENCE_MS);
        }
        synchronized (this) {
            return new Seen(sent, lost, reasons);
        }
    }

    @Override
    public void close() {
        stopped = true;
    }

    /** One of them. Confined to its thread. */
    private final class Client implements AutoCloseable {
        private @Nullable Socket socket;
        private InputStream in = InputStream.nullInputStream();
        private int answers;

        /** Why it was lost; null if it was not. */
        @Nullable
        String ask() throws IOException {
            String step = "connecting";
            try {
                Socket open = socket == null ? connect() : socket;
                step = "sending, after " + answers + " answers on the connection";
                open.getOutputStream().write(keep ? REQUEST : LAST_REQUEST);
                step = "reading, after " + answers + " answers on the connection";
                return readAnswer();
            } catch (IOException e) {
                close();
                return step + ": " + e.getMessage();
            }
        }

        private Socket connect() throws IOException {
            Socket open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setSoTimeout(PATIENCE_MS);
            open.setTcpNoDelay(true);
            in = new BufferedInputStream(open.getInputStream());
            socket = open;
            answers = 0;
            return open;
        }

        private @Nullable String readAnswer() throws IOException {
            String head = readHead().toLowerCase(Locale.ROOT);
            int length = Integer.parseInt(field(head, "content-length"));
            if (in.readNBytes(length).length < length) {
                throw new IOException("the end within the body");
            }
            answers++;
            if (field(head, "connection").equals("close")) {
                close();
            }
            String status = head.split(" ", 3)[1];
            return status.equals("200") ? null : "answered " + head.trim();
        }

        private String readHead() throws IOException {
            ByteArrayOutputStream head = new ByteArrayOutputStream();
            while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
                int next = in.read();
                if (next < 0) {
                    throw new IOException("the end after \"" + head.toString(StandardCharsets.US_ASCII) + "\"");
                }
                head.write(next);
            }
            return head.toString(StandardCharsets.US_ASCII);
        }

        private static String field(String head, String name) {
            String before = "\r\n" + name + ": ";
            int from = head.indexOf(before) + before.length();
            return from < before.length() ? "" : head.substring(from, head.indexOf('\r', from));
        }

        @Override
        public void close() throws IOException {
            if (socket != null) {
                socket.close();
                socket = null;
            }
        }
    }
}
