package io.fairlead.stats.history;

import io.fairlead.stats.Histograms;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * Histograms of two significant digits in HdrHistogram's V2 encoding, but without its head of 40 bytes, which would be the
 * same for all: a count per bucket up to the last one that is used, as ZigZag LEB128, runs of empty ones as one negative
 * number [1]. A quiet interval takes some ten bytes, a busy one some hundred, none more than {@link #LONGEST}. What was
 * encoded is added to a histogram straight from its bytes.
 *
 * <p>[1] HdrHistogram, AbstractHistogram.encodeIntoByteBuffer and ZigZagEncoding.
 */
public final class HistogramCodec {
    private static final int HEAD = 40;
    /** Two digits: 256 buckets of 1, then 128 of each next power of two. */
    private static final int HALF_BITS = 7;

    private static final int HALF = 1 << HALF_BITS;
    /** Up to an hour in microseconds there are 3,200 buckets; a count takes 9 bytes at most. */
    static final int LONGEST = 3_328 * 9;

    // The control context's, but for tests.
    private static final ThreadLocal<ByteBuffer> BUFFER =
            ThreadLocal.withInitial(() -> ByteBuffer.allocate(HEAD + LONGEST));

    private static final ThreadLocal<Histogram> PART = ThreadLocal.withInitial(() -> Histograms.empty());

    private HistogramCodec() {}

    /**
     * Encodes a histogram.
     *
     * @return the bytes, in an array of their own
     */
    public static byte[] encode(Histogram histogram) {
        ByteBuffer buffer = BUFFER.get();
        if (buffer.capacity() < histogram.getNeededByteBufferCapacity()) {
            buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        }
        buffer.clear();
        int end = histogram.encodeIntoByteBuffer(buffer);
        return Arrays.copyOfRange(buffer.array(), HEAD, end);
    }

    /** Adds what was encoded to a histogram of two significant digits. */
    public static void addTo(Histogram target, byte[] bytes, int from, int length) {
        Cursor cursor = new Cursor(bytes, from, from + length);
        int bucket = 0;
        while (cursor.hasNext()) {
            long count = cursor.next();
            if (count > 0) {
                target.recordValueWithCount(lowest(bucket), count);
                bucket++;
            } else {
                bucket += (int) Math.max(1, -count);
            }
        }
    }

    /** Takes what was encoded out of a histogram that it was added to. */
    public static void subtractFrom(Histogram target, byte[] bytes) {
        Histogram part = PART.get();
        part.reset();
        addTo(part, bytes, 0, bytes.length);
        target.subtract(part);
    }

    /** How many values were encoded. */
    static long count(byte[] bytes, int from, int length) {
        Cursor cursor = new Cursor(bytes, from, from + length);
        long sum = 0;
        while (cursor.hasNext()) {
            sum += Math.max(0, cursor.next());
        }
        return sum;
    }

    /** The least value of a bucket. */
    private static long lowest(int bucket) {
        int power = (bucket >> HALF_BITS) - 1;
        return power < 0 ? bucket : (long) ((bucket & (HALF - 1)) + HALF) << power;
    }

    /** Reads signed numbers. */
    private static final class Cursor {
        private static final int LAST_SHIFT = 56;

        private final byte[] bytes;
        private final int end;
        private int at;

        Cursor(byte[] bytes, int from, int end) {
            this.bytes = bytes;
            this.at = from;
            this.end = end;
        }

        boolean hasNext() {
            return at < end;
        }

        long next() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                long part = bytes[at++] & 0xFF;
                if (shift == LAST_SHIFT) { // the ninth byte is all value
                    value |= part << shift;
                    break;
                }
                value |= (part & 0x7F) << shift;
                if (part < 0x80) {
                    break;
                }
            }
            return value >>> 1 ^ -(value & 1);
        }
    }
}
