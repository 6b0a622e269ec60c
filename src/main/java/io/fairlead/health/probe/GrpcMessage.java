package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Reason;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The two messages of {@code grpc.health.v1.Health/Check} as they go over the wire: in gRPC's frame of five bytes, and in
 * protobuf. They have one field each, so that they are written and read by hand. Confined to one probe.
 */
final class GrpcMessage {
    /** Bytes that an answer's message may have; a right one has two. */
    static final int LONGEST = 1 << 10;

    private static final int FRAME = 5;
    private static final int SERVICE_FIELD = 0x0a; // field 1, of bytes with their length
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    private byte[] bytes = {};

    /** The framed question after a service; the empty name is the whole server. */
    static Buffer request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        Buffer message = Buffer.buffer();
        if (name.length > 0) {
            message.appendByte((byte) SERVICE_FIELD);
            for (int rest = name.length; ; rest >>>= 7) {
                message.appendByte((byte) (rest < 0x80 ? rest : rest & 0x7f | 0x80));
                if (rest < 0x80) {
                    break;
                }
            }
            message.appendBytes(name);
        }
        return Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message);
    }

    /** Takes the next piece of the answer's body. */
    void take(byte[] piece) throws Unfit {
        if (bytes.length + piece.length > FRAME + LONGEST) {
            throw malformed("a message of more than " + LONGEST + " bytes");
        }
        int before = bytes.length;
        bytes = Arrays.copyOf(bytes, before + piece.length);
        System.arraycopy(piece, 0, bytes, before, piece.length);
        if (bytes.length >= FRAME) {
            checkFrame();
        }
    }

    private void checkFrame() throws Unfit {
        if (bytes[0] != 0) {
            throw malformed(bytes[0] == 1 ? "a compressed message, unasked" : "no gRPC frame");
        }
        long length = length();
        if (length > LONGEST) {
            throw malformed("a message of " + length + " bytes");
        }
        if (bytes.length > FRAME + length) {
            throw malformed("more than one message");
        }
    }

    private long length() {
        return (bytes[1] & 0xffL) << 24 | (bytes[2] & 0xff) << 16 | (bytes[3] & 0xff) << 8 | (bytes[4] & 0xff);
    }

    /** The serving status, by its number in the protocol; 0 if the message does not tell. The body has ended. */
    int servingStatus() throws Unfit {
        if (bytes.length < FRAME || bytes.length < FRAME + length()) {
            throw malformed(bytes.length == 0 ? "no message" : "a message that breaks off");
        }
        Fields fields = new Fields(bytes, FRAME);
        long status = 0;
        while (fields.hasMore()) {
            long tag = fields.varint();
            if (tag == (1 << 3 | VARINT)) {
                status = fields.varint();
            } else if (tag >>> 3 == 0) {
                throw malformed("a malformed message");
            } else {
                fields.skip((int) tag & 7); // a field of a later version
            }
        }
        return status < 0 || status > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) status;
    }

    private static final class Fields {
        private final byte[] bytes;
        private int at;

        Fields(byte[] bytes, int at) {
            this.bytes = bytes;
            this.at = at;
        }

        boolean hasMore() {
            return at < bytes.length;
        }

        long varint() throws Unfit {
            long value = 0;
            for (int shift = 0; shift < 64; shift += 7) {
                if (at == bytes.length) {
                    throw malformed("a malformed message");
                }
                byte next = bytes[at++];
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
            throw malformed("a malformed message");
        }

        void skip(int kind) throws Unfit {
            long length = switch (kind) {
                case VARINT -> {
                    varint();
                    yield 0;
                }
                case EIGHT_BYTES -> 8;
                case LENGTH -> varint();
                case FOUR_BYTES -> 4;
                default -> -1;
            };
            if (length < 0 || length > bytes.length - at) {
                throw malformed("a malformed message");
            }
            at += (int) length;
        }
    }

    private static Unfit malformed(String what) {
        return new Unfit(Reason.PROTOCOL, "not gRPC: " + what);
    }
}
