package io.fairlead.stats.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encoded intervals of one member, one after the other in a few chunks of bytes, as objects of their own would be larger than
 * what they hold. Added at the end, dropped from the front by whole chunks. What was written in a chunk never changes, so it
 * can be handed out without a copy.
 *
 * <p>An entry is: the change of its time against the entry before, ZigZag; the length of its bytes; the bytes. Control context
 * only.
 */
final class IntervalLog {
    /** What a chunk takes beside its bytes, at most: two objects' heads, its fields, its place in the list. */
    static final int CHUNK_OVERHEAD = 80;

    private static final int SMALLEST = 64;
    private static final int LARGEST = 4096;
    private static final int LONGEST_NUMBER = 10;

    private final List<Chunk> chunks = new ArrayList<>(2);
    // Up to where it was marked; null: nothing of what is there.
    private @Nullable Chunk marked;
    private int markedUsed;
    private long markedLast;

    /** Sees one entry. */
    @FunctionalInterface
    interface Visitor {
        /** The bytes of one: from here, so many. */
        void see(long at, byte[] bytes, int from, int length);
    }

    private static final class Chunk {
        private final byte[] bytes;
        private int used;
        private long last; // time of the newest entry
        private long newest = Long.MIN_VALUE; // the latest time: the clock may have been set back

        Chunk(int size) {
            bytes = new byte[size];
        }

        int cost() {
            return bytes.length + CHUNK_OVERHEAD;
        }
    }

    /** The bytes of memory that adding such an entry would take on top; 0 if there is room. */
    int costOf(int length) {
        return hasRoom(length) ? 0 : nextSize(length) + CHUNK_OVERHEAD;
    }

    private boolean hasRoom(int length) {
        if (chunks.isEmpty()) {
            return false;
        }
        Chunk chunk = chunks.get(chunks.size() - 1);
        return chunk.bytes.length - chunk.used >= length + 2 * LONGEST_NUMBER;
    }

    /** A quarter of what is there, so that little is wasted. */
    private int nextSize(int length) {
        int present = chunks.stream().mapToInt(chunk -> chunk.bytes.length).sum();
        return Math.max(length + 2 * LONGEST_NUMBER, Math.min(Math.max(SMALLEST, present / 4), LARGEST));
    }

    /** Adds an entry. */
    void append(long at, byte[] encoded) {
        if (!hasRoom(encoded.length)) {
            chunks.add(new Chunk(nextSize(encoded.length)));
        }
        Chunk chunk = chunks.get(chunks.size() - 1);
        long change = at - chunk.last;
        chunk.used = put(chunk.bytes, chunk.used, change << 1 ^ change >> 63);
        chunk.used = put(chunk.bytes, chunk.used, encoded.length);
        System.arraycopy(encoded, 0, chunk.bytes, chunk.used, encoded.length);
        chunk.used += encoded.length;
        chunk.last = at;
        chunk.newest = Math.max(chunk.newest, at);
    }

    private static int put(byte[] bytes, int from, long number) {
        int at = from;
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[at++] = (byte) (rest & 0x7F | 0x80);
            rest >>>= 7;
        }
        bytes[at++] = (byte) rest;
        return at;
    }

    /** Shows all entries from one time on and before another, in the order in which they were added. */
    void forEach(long from, long until, Visitor visitor) {
        for (Chunk chunk : chunks) {
            if (chunk.newest >= from) {
                read(chunk, 0, 0, (at, bytes, start, length) -> {
                    if (at >= from && at < until) {
                        visitor.see(at, bytes, start, length);
                    }
                });
            }
        }
    }

    /** Shows all entries that were added since the last mark. */
    void forEachSinceMark(Visitor visitor) {
        int first = marked == null ? -1 : chunks.indexOf(marked);
        if (first >= 0) {
            read(chunks.get(first), markedUsed, markedLast, visitor);
        }
        for (Chunk chunk : chunks.subList(first + 1, chunks.size())) {
            read(chunk, 0, 0, visitor);
        }
    }

    /** Whether anything was added since the last mark. */
    boolean isLongerThanMarked() {
        if (chunks.isEmpty()) {
            return false;
        }
        Chunk newest = chunks.get(chunks.size() - 1);
        return newest != marked || newest.used > markedUsed;
    }

    /** Marks the present end. */
    void mark() {
        if (!chunks.isEmpty()) {
            Chunk newest = chunks.get(chunks.size() - 1);
            marked = newest;
            markedUsed = newest.used;
            markedLast = newest.last;
        }
    }

    private static void read(Chunk chunk, int from, long lastTime, Visitor visitor) {
        int[] at = {from};
        long time = lastTime;
        while (at[0] < chunk.used) {
            long change = number(chunk.bytes, at);
            time += change >>> 1 ^ -(change & 1);
            int length = (int) number(chunk.bytes, at);
            visitor.see(time, chunk.bytes, at[0], length);
            at[0] += length;
        }
    }

    private static long number(byte[] bytes, int[] at) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            long part = bytes[at[0]++];
            number |= (part & 0x7F) << shift;
            if (part >= 0) {
                return number;
            }
        }
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    /** The latest time in the oldest chunk; not for an empty log. */
    long oldest() {
        return chunks.get(0).newest;
    }

    /** The latest time in the newest chunk; not for an empty log. */
    long newest() {
        return chunks.get(chunks.size() - 1).newest;
    }

    /**
     * Drops the chunks at the front that hold nothing later than this.
     *
     * @return the bytes of memory given back
     */
    long dropUpTo(long time) {
        int gone = 0;
        long freed = 0;
        while (gone < chunks.size() && chunks.get(gone).newest <= time) {
            freed += chunks.get(gone++).cost();
        }
        if (marked != null && chunks.subList(0, gone).contains(marked)) {
            marked = null;
        }
        chunks.subList(0, gone).clear();
        return freed;
    }

    /** The bytes of memory that all of it takes. */
    long cost() {
        return chunks.stream().mapToLong(Chunk::cost).sum();
    }
}
