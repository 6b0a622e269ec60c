package io.fairlead.balance.strategy.hash;

/**
 * A 64-bit hash of characters, the same in every process, so that any two Fairleads agree. Four characters at a time: the
 * block is added to the state, and the halves of the 128-bit product with an odd constant are folded into one, so that
 * each bit of a block reaches all bits of the state in one step. Some 5 ns for eight characters; allocates nothing.
 *
 * <p>It is not keyed: whoever may choose the keys can choose the slot too, which with any table takes but a few tries. What
 * bounds the harm is the bound on the load.
 *
 * <p>The last step, {@link #mix}, is the finalizer of SplitMix64 [1]; with the odd {@link #STEP} it also makes a sequence of
 * pseudo-random numbers out of one.
 *
 * <p>[1] Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators. OOPSLA 2014.
 */
final class Hash64 {
    /** 2^64 divided by the golden ratio: its multiples are spread evenly, and no two of 2^64 are the same. */
    static final long STEP = 0x9e3779b97f4a7c15L;

    private static final long FACTOR = 0xd6e8feb86659fd93L;

    private Hash64() {}

    /** Of a whole text. */
    static long of(String text) {
        return of(text, 0, text.length());
    }

    /** Of the characters from (inclusive) to (exclusive); the same wherever in a text they stand. */
    static long of(String text, int from, int to) {
        long hash = STEP * (to - from + 1);
        int at = from;
        for (; at + 4 <= to; at += 4) {
            hash = fold(hash
                    ^ (text.charAt(at)
                            | (long) text.charAt(at + 1) << 16
                            | (long) text.charAt(at + 2) << 32
                            | (long) text.charAt(at + 3) << 48));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 16 | text.charAt(at);
        }
        return mix(hash ^ rest);
    }

    /** A bijection that changes half of all bits, whichever bit of the argument changes. */
    static long mix(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private static long fold(long bits) {
        return bits * FACTOR ^ Math.multiplyHigh(bits, FACTOR);
    }
}
