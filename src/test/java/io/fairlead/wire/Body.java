package io.fairlead.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.fairlead.wire.Head.Field;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/**
 * How the body behind a head ended; its bytes went into the reader's sink.
 *
 * @param complete false if the connection broke before the end that the framing declares
 * @param chunks extensions included, the lines that began each chunk; empty unless it was chunked
 * @param trailers the fields behind the last chunk
 */
record Body(boolean complete, List<String> chunks, List<Field> trailers) {
    /**
     * Reads a body to its end or to the connection's.
     *
     * @throws AssertionError if the chunks are malformed, or nothing comes in time
     */
    static Body read(Wire wire, Framing framing, OutputStream sink) throws IOException {
        List<String> chunks = new ArrayList<>();
        List<Field> trailers = new ArrayList<>();
        try {
            switch (framing.kind()) {
                case LENGTH -> wire.copy(framing.length(), sink);
                case CHUNKED -> readChunks(wire, sink, chunks, trailers);
                case CLOSE -> wire.copyToEnd(sink);
            }
            return new Body(true, chunks, trailers);
        } catch (EOFException | SocketException broken) {
            return new Body(false, chunks, trailers);
        }
    }

    private static void readChunks(Wire wire, OutputStream sink, List<String> chunks, List<Field> trailers)
            throws IOException {
        while (true) {
            String start = wire.readLine();
            chunks.add(start);
            long size = Long.parseLong(start.split("[; ]", 2)[0], 16);
            if (size == 0) {
                break;
            }
            wire.copy(size, sink);
            String end = wire.readLine();
            if (!end.isEmpty()) {
                throw new AssertionError("behind a chunk: \"" + end + "\"");
            }
        }
        for (String line = wire.readLine(); !line.isEmpty(); line = wire.readLine()) {
            trailers.add(Field.parse(line));
        }
    }

    /** A chunk on the wire. */
    static byte[] chunk(byte[] content) {
        byte[] start = (Integer.toHexString(content.length) + "\r\n").getBytes(ISO_8859_1);
        byte[] all = new byte[start.length + content.length + 2];
        System.arraycopy(start, 0, all, 0, start.length);
        System.arraycopy(content, 0, all, start.length, content.length);
        all[all.length - 2] = '\r';
        all[all.length - 1] = '\n';
        return all;
    }
}
