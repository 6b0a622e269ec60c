package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.health.probe.Http2Frames.Frame;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 on one connection, as much of it as one small question at a time takes (RFC 9113): no table of headers, no pushes,
 * and bounds on all that a member may send. The question is smaller than any window that is in use.
 *
 * <p>Control context only.
 */
final class Http2Connection {
    private static final int LONGEST_HEAD = 16 << 10;
    private static final int MOST_FRAMES = 1_000;
    private static final Buffer PREFACE = Buffer.buffer("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            .appendBuffer(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, new byte[] {
                0, 1, 0, 0, 0, 0, // HEADER_TABLE_SIZE
                0, 2, 0, 0, 0, 0, // ENABLE_PUSH
                0, 6, 0, 0, 0x40, 0 // MAX_HEADER_LIST_SIZE
            }));
    private static final byte[] HTTP_1 = "HTTP/".getBytes(StandardCharsets.ISO_8859_1);

    private final NetSocket socket;
    private final Http2Frames frames = new Http2Frames();
    private @Nullable Listener listener;
    private int stream = -1;
    private boolean greeted;
    private boolean leaving;
    private boolean sawHead;
    private int framesLeft = MOST_FRAMES;
    private byte[] block = {};
    private int blockFlags = -1; // of a block that goes on
    private int blockLength;

    /** Told of the answer to one question. */
    interface Listener {
        /** Fields of the head, or of the trailers when there was a head already. */
        void fields(Map<String, String> fields) throws Unfit;

        /** A piece of the body. */
        void body(byte[] piece) throws Unfit;

        /** The answer is whole. */
        void ended();

        /** There will be no more of it. */
        void failed(Failed why);
    }

    /** Greets the member on a connection that is its own. */
    Http2Connection(NetSocket socket) {
        this.socket = socket;
        socket.handler(piece -> took(piece.getBytes()));
        socket.exceptionHandler(cause -> end(FailureWords.broken(cause, sawHead)));
        socket.closeHandler(v -> end(new Failed(
                Reason.PROTOCOL, sawHead ? "connection closed in the body" : "connection closed before an answer")));
        socket.write(PREFACE);
    }

    /** Asks; nothing else may be under way. */
    void ask(byte[] fields, Buffer body, Listener told) {
        listener = told;
        stream += 2;
        sawHead = false;
        framesLeft = MOST_FRAMES;
        blockLength = 0;
        socket.write(Http2Frames.frame(Http2Frames.HEADERS, Http2Frames.END_HEADERS, stream, fields)
                .appendBuffer(Http2Frames.frame(Http2Frames.DATA, Http2Frames.END_STREAM, stream, body.getBytes())));
    }

    /** Whether another question may follow. */
    boolean isOpen() {
        return !leaving && stream < Integer.MAX_VALUE - 2;
    }

    void close() {
        leaving = true;
        listener = null;
        socket.close();
    }

    private void end(Failed why) {
        leaving = true;
        socket.close();
        Listener told = listener;
        listener = null;
        if (told != null) {
            told.failed(why);
        }
    }

    private void took(byte[] piece) {
        if (leaving && listener == null) {
            return;
        }
        try {
            checkGreeting(piece);
            frames.take(piece, this::read);
        } catch (Unfit e) {
            end(e.failure());
        }
    }

    /** The first frame says what the member speaks, if anything. */
    private void checkGreeting(byte[] piece) throws Unfit {
        if (greeted || piece.length == 0) {
            return;
        }
        if (Arrays.equals(piece, 0, Math.min(piece.length, 5), HTTP_1, 0, Math.min(piece.length, 5))) {
            throw malformed("the member answered by HTTP/1.1");
        }
        if (piece[0] == 0x15 || piece[0] == 0x16) {
            throw malformed("the member speaks TLS");
        }
        if (piece[0] != 0) { // the length of SETTINGS is small
            throw malformed("no SETTINGS came first");
        }
    }

    private void read(Frame frame) throws Unfit {
        if (--framesLeft < 0) {
            throw malformed("more than " + MOST_FRAMES + " frames");
        }
        if (!greeted && (frame.type() != Http2Frames.SETTINGS || frame.has(Http2Frames.ACK))) {
            throw malformed("no SETTINGS came first");
        }
        greeted = true;
        if (blockFlags >= 0 && frame.type() != Http2Frames.CONTINUATION) {
            throw malformed("a header block that breaks off");
        }
        switch (frame.type()) {
            case Http2Frames.SETTINGS -> acknowledge(frame, new byte[0]);
            case Http2Frames.PING -> acknowledge(frame, frame.payload());
            case Http2Frames.GOAWAY -> goAway(frame);
            case Http2Frames.PUSH_PROMISE -> throw malformed("a push, which was refused");
            case Http2Frames.RST_STREAM -> reset(frame);
            case Http2Frames.HEADERS -> headers(frame);
            case Http2Frames.CONTINUATION -> continued(frame);
            case Http2Frames.DATA -> data(frame);
            default -> {} // of no matter to one small question
        }
    }

    private void acknowledge(Frame frame, byte[] payload) {
        if (!frame.has(Http2Frames.ACK)) {
            socket.write(Http2Frames.frame(frame.type(), Http2Frames.ACK, 0, payload));
        }
    }

    private void goAway(Frame frame) throws Unfit {
        if (frame.payload().length < 8) {
            throw malformed("a malformed GOAWAY");
        }
        leaving = true;
        if (listener == null) {
            socket.close();
        } else if (frame.number(0) < stream) {
            throw new Unfit(
                    Reason.PROTOCOL, "the member ends the connection before an answer (code " + frame.number(4) + ")");
        }
    }

    private void reset(Frame frame) throws Unfit {
        if (frame.payload().length != 4) {
            throw malformed("a malformed RST_STREAM");
        }
        if (frame.stream() == stream && listener != null) {
            throw new Unfit(
                    Reason.PROTOCOL,
                    "the member reset the stream" + (sawHead ? " in the body" : " before an answer") + " (code "
                            + frame.number(0) + ")");
        }
    }

    private void headers(Frame frame) throws Unfit {
        blockFlags = frame.flags() & Http2Frames.END_STREAM;
        int priority = frame.has(Http2Frames.PRIORITY) ? 5 : 0;
        block = unpadded(frame, priority);
        count(block.length);
        if (frame.has(Http2Frames.END_HEADERS)) {
            blockEnded(frame.stream());
        }
    }

    private void continued(Frame frame) throws Unfit {
        if (blockFlags < 0) {
            throw malformed("a header block that never began");
        }
        count(frame.payload().length);
        int before = block.length;
        block = Arrays.copyOf(block, before + frame.payload().length);
        System.arraycopy(frame.payload(), 0, block, before, frame.payload().length);
        if (frame.has(Http2Frames.END_HEADERS)) {
            blockEnded(frame.stream());
        }
    }

    private void count(int bytes) throws Unfit {
        blockLength += bytes;
        if (blockLength > LONGEST_HEAD) {
            throw new Unfit(Reason.PROTOCOL, "a head of more than " + LONGEST_HEAD + " bytes");
        }
    }

    private void blockEnded(int of) throws Unfit {
        boolean last = blockFlags == Http2Frames.END_STREAM;
        blockFlags = -1;
        Map<String, String> fields = HeaderBlock.read(block);
        block = new byte[0];
        if (of == stream && listener != null) {
            boolean interim = !sawHead && fields.getOrDefault(":status", "").startsWith("1");
            if (!interim) {
                sawHead = true;
                listener.fields(fields);
            }
            if (last) {
                answered();
            }
        }
    }

    private void data(Frame frame) throws Unfit {
        byte[] piece = unpadded(frame, 0);
        if (frame.payload().length
                > 0) { // what was read leaves room for as much, on a connection that is kept for long
            byte[] length = Buffer.buffer().appendInt(frame.payload().length).getBytes();
            socket.write(Http2Frames.frame(Http2Frames.WINDOW_UPDATE, 0, 0, length));
        }
        if (frame.stream() == stream && listener != null) {
            if (!sawHead) {
                throw malformed("a body without a head");
            }
            listener.body(piece);
            if (frame.has(Http2Frames.END_STREAM)) {
                answered();
            }
        }
    }

    private void answered() {
        Listener told = listener;
        listener = null;
        if (told != null) {
            told.ended();
        }
    }

    private static byte[] unpadded(Frame frame, int skipped) throws Unfit {
        byte[] payload = frame.payload();
        boolean padded = frame.has(Http2Frames.PADDED);
        int from = skipped + (padded ? 1 : 0);
        int padding = padded && payload.length > 0 ? payload[0] & 0xff : 0;
        if (from + padding > payload.length) {
            throw malformed("a malformed frame");
        }
        return Arrays.copyOfRange(payload, from, payload.length - padding);
    }

    private static Unfit malformed(String what) {
        return new Unfit(Reason.PROTOCOL, "not HTTP/2: " + what);
    }
}
