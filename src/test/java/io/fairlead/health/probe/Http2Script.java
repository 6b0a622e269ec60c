package io.fairlead.health.probe;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The member's side of HTTP/2, frame by frame (RFC 9113), with header blocks in their plainest form (RFC 7541, 6.2.2). */
final class Http2Script {
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int ACK = 1;

    private final DataInputStream in;
    private final OutputStream out;
    private int windowUpdates;

    /** What a script does when a whole request has come. */
    interface Answer {
        void to(Http2Script script, int stream) throws IOException;
    }

    private Http2Script(Socket connection) throws IOException {
        in = new DataInputStream(connection.getInputStream());
        out = connection.getOutputStream();
    }

    /** Shakes hands, and answers each request. */
    static ScriptedServer.Script answering(Answer answer) {
        return connection -> {
            Http2Script script = new Http2Script(connection);
            script.frame(SETTINGS, 0, 0);
            script.in.readFully(new byte[24]);
            while (true) { // until the probe closes
                answer.to(script, script.readRequest());
            }
        };
    }

    /** A gRPC answer with this serving status. */
    static Answer serving(int status) {
        return messageAnd((byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 2, (byte) 8, (byte) status);
    }

    /** A gRPC answer with this body, and status 0. */
    static Answer messageAnd(byte... body) {
        return (script, stream) -> {
            script.head(stream);
            script.frame(DATA, 0, stream, body);
            script.headers(END_STREAM, stream, "grpc-status", "0");
        };
    }

    /** An answer of headers alone. */
    static Answer only(String status, String... fields) {
        return (script, stream) -> {
            String[] all = new String[fields.length + 2];
            all[0] = ":status";
            all[1] = status;
            System.arraycopy(fields, 0, all, 2, fields.length);
            script.headers(END_STREAM, stream, all);
        };
    }

    /** What the connection's window got back so far; small numbers only. */
    int windowUpdates() {
        return windowUpdates;
    }

    void head(int stream) throws IOException {
        headers(0, stream, ":status", "200", "content-type", "application/grpc");
    }

    void headers(int flags, int stream, String... fields) throws IOException {
        frame(HEADERS, flags | END_HEADERS, stream, block(fields));
    }

    /** Literal fields, never indexed by anybody. */
    static byte[] block(String... fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            block.write(0);
            text(block, fields[i]);
            text(block, fields[i + 1]);
        }
        return block.toByteArray();
    }

    private static void text(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            for (int rest = bytes.length - 127; ; rest >>>= 7) {
                block.write(rest < 128 ? rest : rest & 127 | 128);
                if (rest < 128) {
                    break;
                }
            }
        }
        block.writeBytes(bytes);
    }

    void frame(int type, int flags, int stream, byte... payload) throws IOException {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(payload.length >> 16);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
        frame.write(type);
        frame.write(flags);
        for (int shift = 24; shift >= 0; shift -= 8) {
            frame.write(stream >> shift);
        }
        frame.writeBytes(payload);
        out.write(frame.toByteArray());
        out.flush();
    }

    private int readRequest() throws IOException {
        while (true) {
            int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
            int type = in.readUnsignedByte();
            int flags = in.readUnsignedByte();
            int stream = in.readInt();
            byte[] payload = new byte[length];
            in.readFully(payload);
            if (type == WINDOW_UPDATE) {
                windowUpdates += payload[3];
            }
            if (type == SETTINGS && (flags & ACK) == 0) {
                frame(SETTINGS, ACK, 0);
            } else if ((type == DATA || type == HEADERS) && (flags & END_STREAM) != 0) {
                return stream;
            }
        }
    }
}
