package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Reason;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** Frames of HTTP/2 (RFC 9113, section 4), written, and cut out of the bytes that come. Confined to one connection. */
final class Http2Frames {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int PUSH_PROMISE = 5;
    static final int PING = 6;
    static final int GOAWAY = 7;
    static final int WINDOW_UPDATE = 8;
    static final int CONTINUATION = 9;
    static final int ACK = 1;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    static final int PADDED = 8;
    static final int PRIORITY = 32;

    private static final int HEAD = 9;
    private static final int LONGEST = 1 << 14; // nobody was allowed more

    private byte[] pending = {};

    /**
     * One frame.
     *
     * @param stream 0: of the connection
     */
    record Frame(int type, int flags, int stream, byte[] payload) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        /** A number of four bytes in the payload, without its first bit. */
        int number(int at) {
            return (payload[at] & 0x7f) << 24
                    | (payload[at + 1] & 0xff) << 16
                    | (payload[at + 2] & 0xff) << 8
                    | payload[at + 3] & 0xff;
        }
    }

    /** Takes whole frames and the next one if it is whole now. */
    interface Reader {
        void read(Frame frame) throws Unfit;
    }

    /** A frame as it goes over the wire. */
    static Buffer frame(int type, int flags, int stream, byte[] payload) {
        return Buffer.buffer(HEAD + payload.length)
                .appendMedium(payload.length)
                .appendByte((byte) type)
                .appendByte((byte) flags)
                .appendInt(stream)
                .appendBytes(payload);
    }

    /** Takes the next piece and hands on the frames that are whole with it. */
    void take(byte[] piece, Reader reader) throws Unfit {
        byte[] all = piece;
        if (pending.length > 0) {
            all = Arrays.copyOf(pending, pending.length + piece.length);
            System.arraycopy(piece, 0, all, pending.length, piece.length);
        }
        pending = new byte[0];
        int at = 0;
        while (all.length - at >= HEAD) {
            int length = (all[at] & 0xff) << 16 | (all[at + 1] & 0xff) << 8 | all[at + 2] & 0xff;
            if (length > LONGEST) {
                throw new Unfit(Reason.PROTOCOL, "not HTTP/2: a frame of " + length + " bytes");
            }
            int end = at + HEAD + length;
            if (end > all.length) {
                break;
            }
            int stream = (all[at + 5] & 0x7f) << 24
                    | (all[at + 6] & 0xff) << 16
                    | (all[at + 7] & 0xff) << 8
                    | all[at + 8] & 0xff;
            reader.read(
                    new Frame(all[at + 3] & 0xff, all[at + 4] & 0xff, stream, Arrays.copyOfRange(all, at + HEAD, end)));
            at = end;
        }
        pending = Arrays.copyOfRange(all, at, all.length);
    }
}
