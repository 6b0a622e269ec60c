package io.fairlead.balance.strategy;

import io.fairlead.member.Candidate;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Weights as small whole numbers, for strategies that unroll turns: their sum is the length of the unrolled period, so it
 * must not grow without bound when slow start or tiers make fractions of weights.
 *
 * <p>Weights that are whole hundredths are taken in lowest terms, exactly, as long as the sum is at most 256 per candidate
 * (and 16,384 in any case): so all configured weights, which go to 256, are exact. Others are rounded to multiples of one
 * unit, the sum of the weights / (b - n), where n is the number of candidates and b = 128 n, at least 16,384. A weight of at
 * least half a unit is off by at most half a unit; a lesser one counts as one unit, so that nobody gets nothing. The sum is
 * at most b, and a weight of the mean is off by at most 1/254. Equal weights stay equal.
 */
final class WholeWeights {
    private static final int SHORT = 16_384;
    private static final int LONGEST_EXACT = 256;
    private static final int LONGEST_ROUNDED = 128;
    private static final int HUNDREDTHS = 100;
    /** What multiplying by shares may leave of a hundredth. */
    private static final double NOISE = 1e-9;

    private WholeWeights() {}

    /** One number of at least 1 for each candidate, without a common divisor. */
    static int[] of(List<Candidate> candidates) {
        double[] weights = candidates.stream().mapToDouble(Candidate::weight).toArray();
        int[] exact = exact(weights);
        return exact != null ? exact : rounded(weights);
    }

    private static int @Nullable [] exact(double[] weights) {
        int longest = Math.max(SHORT, LONGEST_EXACT * weights.length);
        long[] hundredths = new long[weights.length];
        long divisor = 0;
        for (int i = 0; i < weights.length; i++) {
            double exactly = weights[i] * HUNDREDTHS;
            hundredths[i] = Math.round(exactly);
            if (hundredths[i] < 1 || Math.abs(exactly - hundredths[i]) > NOISE * hundredths[i]) {
                return null;
            }
            divisor = greatestCommonDivisor(divisor, hundredths[i]);
        }
        int[] whole = new int[weights.length];
        long sum = 0;
        for (int i = 0; i < whole.length; i++) {
            long lowest = hundredths[i] / divisor;
            sum += Math.min(lowest, longest + 1);
            whole[i] = (int) lowest;
        }
        return sum <= longest ? whole : null;
    }

    private static int[] rounded(double[] weights) {
        int longest = Math.max(SHORT, LONGEST_ROUNDED * weights.length);
        // relative to the greatest, so that no sum overflows
        double greatest = Arrays.stream(weights).max().orElseThrow();
        double sum = Arrays.stream(weights).map(w -> w / greatest).sum();
        double units = (longest - weights.length) / sum;
        int[] whole = Arrays.stream(weights)
                .mapToInt(w -> (int) Math.max(1, Math.rint(w / greatest * units)))
                .toArray();
        int divisor = (int) Arrays.stream(whole).asLongStream().reduce(0, WholeWeights::greatestCommonDivisor);
        return Arrays.stream(whole).map(w -> w / divisor).toArray();
    }

    private static long greatestCommonDivisor(long a, long b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
