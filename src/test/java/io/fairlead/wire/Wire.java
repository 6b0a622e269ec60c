package io.fairlead.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One side of one TCP connection, spoken byte by byte. Text is ISO 8859-1, so that a char is a byte. A read that gets
 * nothing for {@link #PATIENCE} fails with what came so far: no conversation hangs.
 *
 * <p>Confined to one thread at a time, but for {@link #reset()} and {@link #close()}.
 */
sealed class Wire implements AutoCloseable permits RawClient {
    /** How long a read waits; generous, for it passes only when a test fails. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String CRLF = "\r\n";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Consumer<Head> onHead;

    /**
     * Takes over a connected socket.
     *
     * @param onHead told of each head that is read
     */
    Wire(Socket socket, Consumer<Head> onHead) throws IOException {
        this.socket = socket;
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
        this.out = socket.getOutputStream();
        this.onHead = onHead;
    }

    /** Sends exactly this. */
    final void send(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    /** Sends exactly these bytes, in one write. */
    final void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Sends lines of a head and the empty line that ends it, in one write. */
    final void sendHead(String... lines) throws IOException {
        send(head(lines));
    }

    /** Sends one chunk. */
    final void sendChunk(String content) throws IOException {
        send(Body.chunk(content.getBytes(ISO_8859_1)));
    }

    /** Sends the last chunk with these field lines as trailers. */
    final void sendLastChunk(String... trailers) throws IOException {
        send("0" + CRLF + head(trailers));
    }

    /** The lines of a head as they stand on the wire, the empty one included. */
    static String head(String... lines) {
        return lines.length == 0 ? CRLF : String.join(CRLF, lines) + CRLF + CRLF;
    }

    /** Sends a body of any size. */
    final void send(Payload payload) throws IOException {
        payload.writeTo(out);
    }

    /** Sends this if the peer still takes it. */
    final void sendUnlessRefused(String text) {
        try {
            send(text);
        } catch (IOException refused) {
            // As good as sent: nobody listens.
        }
    }

    /**
     * Sends bytes without end until the peer ends the connection.
     *
     * @param sent counts them
     */
    final void sendUntilRefused(AtomicLong sent) {
        byte[] block = new byte[1 << 13];
        try {
            while (true) {
                out.write(block);
                sent.addAndGet(block.length);
            }
        } catch (IOException refused) {
            // The end that was waited for.
        }
    }

    /** Where raw bytes go. */
    final OutputStream output() {
        return out;
    }

    /** Reads a head. */
    final Head readHead() throws IOException {
        Head head = nextHead();
        if (head == null) {
            throw new AssertionError("the connection ended instead of a head");
        }
        return head;
    }

    /** Reads a head; null if the connection ends, in whatever way, before its first byte. */
    final @Nullable Head nextHead() throws IOException {
        if (peek() < 0) {
            return null;
        }
        List<String> lines = new ArrayList<>();
        try {
            for (String line = readLine(); !line.isEmpty(); line = readLine()) {
                lines.add(line);
            }
        } catch (EOFException | AssertionError broken) {
            throw new AssertionError("within a head, after " + lines, broken);
        }
        Head head = Head.parse(lines);
        onHead.accept(head);
        return head;
    }

    /** Reads a line that ends in CR LF, and in nothing else. */
    final String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = read(); c != '\r'; c = read()) {
            if (c == '\n') {
                throw new AssertionError("a line that ends in a bare LF: \"" + line + "\"");
            }
            line.append((char) c);
        }
        if (read() != '\n') {
            throw new AssertionError("a bare CR behind \"" + line + "\"");
        }
        return line.toString();
    }

    /** Reads so many bytes as text. */
    final String readText(int length) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        copy(length, sink);
        return sink.toString(ISO_8859_1);
    }

    /** Reads a request's body as text; it must come to its end. */
    final String readRequestBody(Head head) throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        if (!readRequestBody(head, sink).complete()) {
            throw new AssertionError("the request's body broke off after \"" + sink.toString(ISO_8859_1) + "\"");
        }
        return sink.toString(ISO_8859_1);
    }

    /** Reads a request's body to its end or to the connection's. */
    final Body readRequestBody(Head head, OutputStream sink) throws IOException {
        return Body.read(this, Framing.ofRequest(head), sink);
    }

    /**
     * Copies so many bytes.
     *
     * @throws EOFException if the connection ends before
     */
    final void copy(long length, OutputStream sink) throws IOException {
        byte[] block = new byte[1 << 14];
        for (long left = length; left > 0; ) {
            int got = read(block, (int) Math.min(block.length, left));
            if (got < 0) {
                throw new EOFException(left + " bytes before the end");
            }
            sink.write(block, 0, got);
            left -= got;
        }
    }

    /** Copies all until the peer's end of stream. */
    final void copyToEnd(OutputStream sink) throws IOException {
        byte[] block = new byte[1 << 14];
        for (int got = read(block, block.length); got >= 0; got = read(block, block.length)) {
            sink.write(block, 0, got);
        }
    }

    /** Waits until the peer has ended the connection in whatever way; what still comes is dropped. */
    final void awaitClose() throws IOException {
        try {
            copyToEnd(OutputStream.nullOutputStream());
        } catch (SocketException reset) {
            // A reset is an end too.
        }
    }

    /** What the client asked for by SNI; empty if it did not, or there is no TLS. */
    final String requestedServerName() {
        return socket instanceof SSLSocket tls && tls.getSession() instanceof ExtendedSSLSession session
                ? session.getRequestedServerNames().stream()
                        .map(name -> new String(name.getEncoded(), ISO_8859_1))
                        .findFirst()
                        .orElse("")
                : "";
    }

    /** Ends this direction only. */
    final void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Breaks the connection: the peer gets a reset instead of an end of stream. Any thread. */
    final void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public final void close() throws IOException {
        socket.close();
    }

    private int peek() throws IOException {
        in.mark(1);
        int first;
        try {
            first = read();
        } catch (EOFException | SocketException end) {
            return -1;
        }
        in.reset();
        return first;
    }

    private int read() throws IOException {
        byte[] one = new byte[1];
        if (read(one, 1) < 0) {
            throw new EOFException("the connection ended");
        }
        return one[0] & 0xff;
    }

    private int read(byte[] block, int length) throws IOException {
        try {
            return in.read(block, 0, length);
        } catch (SocketTimeoutException late) {
            throw new AssertionError("nothing came for " + PATIENCE.toSeconds() + " s", late);
        }
    }
}
