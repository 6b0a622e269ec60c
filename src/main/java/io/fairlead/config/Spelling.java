package io.fairlead.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * The nearest known word, by the optimal string alignment distance [1]: the fewest insertions, deletions, substitutions and
 * swaps of neighbours. At most two, and fewer for short words; case, underscores and hyphens do not count. O(length²) per
 * known word; no word is near to one of more than 64 characters.
 *
 * <p>[1] F. Damerau, "A technique for computer detection and correction of spelling errors", CACM 7(3), 1964.
 */
public final class Spelling {
    private static final int FARTHEST = 2;
    private static final int LONGEST = 64;

    private Spelling() {}

    /** The known word that may have been meant; empty where none is near. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> isNear(word, candidate))
                .min(Comparator.<String>comparingInt(candidate -> distance(plain(word), plain(candidate)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Whether one may be a slip for the other. */
    static boolean isNear(String word, String other) {
        if (word.length() > LONGEST || other.length() > LONGEST) {
            return false;
        }
        String a = plain(word);
        String b = plain(other);
        if (Math.abs(a.length() - b.length()) > FARTHEST) {
            return false;
        }
        int distance = distance(a, b);
        return distance <= FARTHEST && 2 * distance <= Math.max(a.length(), b.length());
    }

    /** Without what tells maxBodySize and max-body-size from max_body_size. */
    private static String plain(String word) {
        return word.replace("_", "").replace("-", "").toLowerCase(Locale.ROOT);
    }

    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    @SuppressWarnings("TooManyParameters") // the recurrence itself
    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int substituted = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(substituted, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
