package io.fairlead.health.outlier;

import io.fairlead.member.Member;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Who is much slower than its peers: whose p90 is a factor above the median of the others' p90, at three looks in a row, with at
 * least fifty requests in the last ten seconds on either side. Less than ten milliseconds more is no illness, whatever
 * the factor.
 *
 * @param factor by which
 * @param latencies of all that are compared
 */
record LatencyRule(double factor, Map<Member, RecentLatency> latencies) {
    /** Looks in a row, a second apart. */
    static final int LOOKS = 3;

    /** The time that the latencies are of. */
    static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final long ENOUGH = 50;
    private static final double LEAST_MILLIS = 10;

    /** Why a member is too slow; empty if it is not. */
    Optional<String> tooSlow(Member member) {
        RecentLatency own = latencies.get(member);
        double[] peers = latencies.entrySet().stream()
                .filter(each -> each.getKey() != member && each.getValue().count() >= ENOUGH)
                .mapToDouble(each -> each.getValue().p90Millis())
                .sorted()
                .toArray();
        if (own == null || own.count() < ENOUGH || peers.length == 0) {
            return Optional.empty();
        }
        int middle = peers.length / 2;
        double median = peers.length % 2 == 1 ? peers[middle] : (peers[middle - 1] + peers[middle]) / 2;
        double more = own.p90Millis() - median;
        return own.p90Millis() > factor * median && more > LEAST_MILLIS
                ? Optional.of(inWords(own.p90Millis(), median))
                : Optional.empty();
    }

    private static String inWords(double own, double median) {
        String words = "its p90 is %.1f ms, %.1f times its peers' median of %.1f ms";
        return String.format(Locale.ROOT, words, own, own / median, median);
    }
}
