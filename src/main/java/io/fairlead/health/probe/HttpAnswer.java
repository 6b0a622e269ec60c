package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Reads one answer of HTTP/1 from the pieces in which it comes. Bounded in all: the heads, interim ones included, together;
 * the lines between chunks; the body. Of the body no more is kept than somebody asks for. Confined to one probe.
 */
final class HttpAnswer {
    /** Bytes that all heads may have together, and the trailers once more. */
    static final int LONGEST_HEAD = 16 << 10;

    /** Bytes that a body may have: whoever sends more every other second has no health page there. */
    static final int LONGEST_BODY = 1 << 20;

    private static final int LONGEST_CHUNK_LINE = 1 << 10;
    private static final byte[] BEGINNING = "HTTP/1.".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] NOTHING = {};

    private enum State {
        STATUS_LINE,
        FIELDS,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILERS,
        COMPLETE
    }

    private final boolean toHead;
    private final IntUnaryOperator wanted;
    private final Excerpt excerpt;
    private final HttpHead head = new HttpHead();
    private State state = State.STATUS_LINE;
    private byte[] line = NOTHING;
    private int lineLength;
    private int headLength;
    private boolean begun;
    private boolean interim;
    private boolean surplus;
    private long left = HttpHead.UNTIL_CLOSED; // of the body or the chunk
    private long bodyLength;
    private byte[] body = NOTHING;
    private int kept;
    private int limit;

    /**
     * An answer of which nothing has come.
     *
     * @param toHead whether a HEAD was asked, which is answered without a body
     * @param wanted how many bytes of the body to keep, by status
     * @param excerpt shows what came instead of HTTP
     */
    HttpAnswer(boolean toHead, IntUnaryOperator wanted, Excerpt excerpt) {
        this.toHead = toHead;
        this.wanted = wanted;
        this.excerpt = excerpt;
    }

    /** Takes the next piece. */
    void take(byte[] piece) throws Unfit {
        int at = 0;
        while (at < piece.length && state != State.COMPLETE) {
            switch (state) {
                case STATUS_LINE -> {
                    checkBeginning(piece, at);
                    at = takeLine(piece, at);
                }
                case BODY, CHUNK -> at = takeBody(piece, at);
                default -> at = takeLine(piece, at);
            }
        }
        surplus |= at < piece.length;
    }

    /** The connection ended: which is the end of an answer of no known length, and else too early. */
    void ended() throws Unfit {
        if (state == State.BODY && left == HttpHead.UNTIL_CLOSED) {
            state = State.COMPLETE;
        } else if (state != State.COMPLETE) {
            throw new Unfit(
                    Reason.PROTOCOL,
                    hasHead() ? "connection closed in the body" : "connection closed before an answer");
        }
    }

    /** Whether anything came. */
    boolean hasBegun() {
        return begun;
    }

    /** Whether the final head is there. */
    boolean hasHead() {
        return state != State.STATUS_LINE && state != State.FIELDS;
    }

    /** Whether all of it is there. */
    boolean isComplete() {
        return state == State.COMPLETE;
    }

    /** Whether all that is wanted of the body is there. */
    boolean hasWanted() {
        return isComplete() || (hasHead() && kept == limit);
    }

    /** Whether the connection can take another request. */
    boolean leavesConnection() {
        return isComplete() && head.isPersistent() && !surplus && left != HttpHead.UNTIL_CLOSED;
    }

    /** The status, once the head is there. */
    int status() {
        return head.status();
    }

    /** What was kept of the body. */
    byte[] body() {
        return kept == body.length ? body : Arrays.copyOf(body, kept);
    }

    /** Says at the first bytes that it is something else: it may never come to the end of a line. */
    private void checkBeginning(byte[] piece, int at) throws Unfit {
        if (!begun || lineLength < BEGINNING.length) {
            begun = true;
            int end = Math.min(piece.length - at, BEGINNING.length - lineLength);
            for (int i = 0; i < end; i++) {
                if (piece[at + i] != BEGINNING[lineLength + i]) {
                    append(piece, at, Math.min(piece.length, at + excerpt.window()));
                    throw notHttp();
                }
            }
        }
    }

    private Unfit notHttp() {
        boolean tls = lineLength > 1 && (line[0] == 0x15 || line[0] == 0x16) && line[1] == 0x03;
        boolean http2 = lineLength > 3 && line[0] == 0 && line[3] == 0x04; // its first frame is SETTINGS
        if (tls || http2) {
            return new Unfit(Reason.PROTOCOL, "not HTTP/1.1: the member speaks " + (tls ? "TLS" : "HTTP/2"));
        }
        String shown = excerpt.of(line, lineLength);
        return HttpHead.malformed(shown.isEmpty() ? "nothing that can be printed" : shown);
    }

    private int takeLine(byte[] piece, int at) throws Unfit {
        int end = at;
        while (end < piece.length && piece[end] != '\n') {
            end++;
        }
        boolean whole = end < piece.length;
        append(piece, at, end);
        checkBounds();
        if (whole) {
            if (lineLength == 0 || line[lineLength - 1] != '\r') {
                throw HttpHead.malformed("a line that does not end in CR LF");
            }
            String text = new String(line, 0, lineLength - 1, StandardCharsets.ISO_8859_1);
            headLength += lineLength + 1;
            lineLength = 0;
            takeLine(text);
        }
        return whole ? end + 1 : end;
    }

    private void append(byte[] piece, int from, int to) {
        int length = to - from;
        if (lineLength + length > line.length) {
            line = Arrays.copyOf(line, Math.max(64, Math.min(lineLength + length, LONGEST_HEAD) + length));
        }
        System.arraycopy(piece, from, line, lineLength, length);
        lineLength += length;
    }

    private void checkBounds() throws Unfit {
        boolean chunks = state == State.CHUNK_SIZE || state == State.CHUNK_END;
        if (chunks && lineLength > LONGEST_CHUNK_LINE) {
            throw HttpHead.malformed("a chunk's size of more than " + LONGEST_CHUNK_LINE + " bytes");
        }
        if (!chunks && headLength + lineLength > LONGEST_HEAD) {
            String what = state == State.TRAILERS ? "trailers" : interim ? "interim answers" : "a head";
            throw new Unfit(Reason.PROTOCOL, what + " of more than " + LONGEST_HEAD + " bytes");
        }
    }

    private void takeLine(String text) throws Unfit {
        switch (state) {
            case STATUS_LINE -> {
                head.begin(text);
                state = State.FIELDS;
            }
            case FIELDS -> {
                if (text.isEmpty()) {
                    head.end();
                    headEnded();
                } else {
                    head.field(text, true);
                }
            }
            case CHUNK_SIZE -> chunkBegins(text);
            case CHUNK_END -> {
                if (!text.isEmpty()) {
                    throw HttpHead.malformed("a chunk that is longer than its size");
                }
                state = State.CHUNK_SIZE;
            }
            default -> {
                if (text.isEmpty()) {
                    state = State.COMPLETE;
                } else {
                    head.field(text, false);
                }
            }
        }
    }

    private void headEnded() throws Unfit {
        if (head.isInterim()) {
            interim = true;
            state = State.STATUS_LINE;
            return;
        }
        limit = wanted.applyAsInt(head.status());
        if (toHead || head.status() == 204 || head.status() == 304) {
            left = 0;
            state = State.COMPLETE;
        } else if (head.isChunked()) {
            left = 0;
            state = State.CHUNK_SIZE;
        } else {
            left = head.length();
            count(Math.max(0, left));
            state = left == 0 ? State.COMPLETE : State.BODY;
        }
    }

    private void chunkBegins(String text) throws Unfit {
        int end = text.indexOf(';') < 0 ? text.length() : text.indexOf(';');
        long size = 0;
        for (int i = 0; i < end; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0 || i >= 8) {
                throw HttpHead.malformed("a malformed chunk size");
            }
            size = size << 4 | digit;
        }
        if (end == 0) {
            throw HttpHead.malformed("a malformed chunk size");
        }
        count(size);
        left = size;
        headLength = 0;
        state = size == 0 ? State.TRAILERS : State.CHUNK;
    }

    private void count(long bytes) throws Unfit {
        bodyLength += bytes;
        if (bodyLength > LONGEST_BODY) {
            throw new Unfit(Reason.BODY, "a body of more than " + LONGEST_BODY + " bytes");
        }
    }

    private void keep(byte[] piece, int at, int length) {
        if (kept + length > body.length) {
            body = Arrays.copyOf(body, Math.min(limit, Math.max(2 * body.length, kept + length)));
        }
        System.arraycopy(piece, at, body, kept, length);
        kept += length;
    }

    private int takeBody(byte[] piece, int at) throws Unfit {
        int length = piece.length - at;
        if (left == HttpHead.UNTIL_CLOSED) {
            count(length);
        } else {
            length = (int) Math.min(length, left);
            left -= length;
        }
        keep(piece, at, Math.min(length, limit - kept));
        if (left == 0) {
            state = state == State.CHUNK ? State.CHUNK_END : State.COMPLETE;
        }
        return at + length;
    }
}
