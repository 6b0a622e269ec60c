package io.fairlead.balance.strategy;

import io.fairlead.member.Candidate;
import java.util.Arrays;
import java.util.List;

/**
 * Draws an index by weight in O(1): Walker's alias method, set up in O(n) as Vose does it [1]. Each of n columns has the
 * same chance and holds at most two candidates: its own up to a mark, above it one other, who had more than a column's worth.
 *
 * <p>Half of the random bits choose the column, half are held against the mark: chances are right to one part in 2^32.
 * Immutable; any event loop.
 *
 * <p>[1] M. D. Vose, "A linear algorithm for generating random numbers with a given distribution", IEEE Transactions on
 * Software Engineering 17 (1991).
 */
final class AliasTable {
    private static final double FULL = 0x1p32;
    private static final long LOW = 0xFFFF_FFFFL;

    private final long[] marks;
    private final int[] others;

    AliasTable(List<Candidate> candidates) {
        int size = candidates.size();
        marks = new long[size];
        others = new int[size];
        // relative to the greatest, so that no sum overflows
        double greatest =
                candidates.stream().mapToDouble(Candidate::weight).max().orElseThrow();
        double[] heights =
                candidates.stream().mapToDouble(c -> c.weight() / greatest).toArray();
        double sum = Arrays.stream(heights).sum();
        Arrays.setAll(heights, i -> heights[i] / sum * size);
        fill(heights);
    }

    /** Levels the heights, whose mean is 1: each that is below gets the rest of its column from one that is above. */
    private void fill(double[] heights) {
        int size = heights.length;
        int[] pending = new int[size]; // the low from the left, the high from the right
        int low = 0;
        int high = size;
        for (int i = 0; i < size; i++) {
            pending[heights[i] < 1 ? low++ : --high] = i;
        }
        while (low > 0 && high < size) {
            int receiver = pending[--low];
            int giver = pending[high++];
            marks[receiver] = Math.round(heights[receiver] * FULL);
            others[receiver] = giver;
            heights[giver] -= 1 - heights[receiver];
            pending[heights[giver] < 1 ? low++ : --high] = giver;
        }
        while (low > 0) {
            marks[pending[--low]] = LOW + 1; // but for rounding it is 1 high
        }
        while (high < size) {
            marks[pending[high++]] = LOW + 1;
        }
    }

    /** The index that these random bits stand for. */
    int draw(long bits) {
        int column = below(marks.length, bits);
        return (bits & LOW) < marks[column] ? column : others[column];
    }

    /** A number from 0 to the bound, exclusive, by the upper half of the bits; each as likely to one part in 2^32. */
    static int below(int bound, long bits) {
        return (int) (((bits >>> 32) * bound) >>> 32);
    }
}
