package io.fairlead.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A body too large to hold: so many bytes of fixed noise, and their checksum. No two blocks are equal, so that one which is
 * lost, doubled or moved shows.
 *
 * @param length in bytes
 */
record Payload(long length) {
    private static final int BLOCK = 1 << 16;

    /** So many times 1024 times 1024 bytes. */
    static Payload mebibytes(int count) {
        return new Payload((long) count << 20);
    }

    /** Writes it all. */
    void writeTo(OutputStream out) throws IOException {
        byte[] block = new byte[BLOCK];
        new Random(length).nextBytes(block);
        for (long written = 0; written < length; written += BLOCK) {
            for (int i = 0; i < 8; i++) {
                block[i] = (byte) (written >>> (8 * i));
            }
            out.write(block, 0, (int) Math.min(BLOCK, length - written));
        }
        out.flush();
    }

    /** Writes it all in chunks, with the last chunk. */
    void writeChunkedTo(OutputStream out) throws IOException {
        writeTo(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                out.write(Body.chunk(Arrays.copyOfRange(bytes, offset, offset + length)));
            }
        });
        out.write(new byte[] {'0', '\r', '\n', '\r', '\n'});
        out.flush();
    }

    /** Its CRC-32C. */
    long checksum() {
        Sink sink = new Sink();
        try {
            writeTo(sink);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sink.checksum();
    }

    /** Takes bytes and keeps only their number and checksum. Written by one thread; the count is for any. */
    static final class Sink extends OutputStream {
        private final CheckedOutputStream out = new CheckedOutputStream(nullOutputStream(), new CRC32C());
        private final AtomicLong count = new AtomicLong();

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count.addAndGet(length);
        }

        /** Bytes so far. */
        long count() {
            return count.get();
        }

        /** CRC-32C of the bytes so far. */
        long checksum() {
            return out.getChecksum().getValue();
        }
    }
}
