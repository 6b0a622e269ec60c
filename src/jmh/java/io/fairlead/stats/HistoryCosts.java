package io.fairlead.stats;

import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.stats.history.History;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Prints what the past of a day takes on the heap, as counted and as the heap has grown, and how far back it reaches. Takes the
 * number of members and the requests per member and second. Latencies are half a millisecond and exponential about 5 ms.
 */
public final class HistoryCosts {
    private static final int VARIANTS = 200;

    private HistoryCosts() {}

    /** Runs it. */
    public static void main(String[] args) {
        int count = Integer.parseInt(args[0]);
        double perSecond = Double.parseDouble(args[1]);
        SplittableRandom random = new SplittableRandom(7);
        Histogram[] variants = IntStream.range(0, VARIANTS)
                .mapToObj(i -> tenSeconds(perSecond, random))
                .toArray(Histogram[]::new);
        Member[] members = IntStream.range(0, count)
                .mapToObj(i -> new MemberAddress("10.1." + (i >> 8) + "." + (i & 255), 9000))
                .map(address -> new Member("app", address.toString(), address))
                .toArray(Member[]::new);
        long before = used();
        History history = new History(64L << 20);
        long most = 0;
        for (long at = 0; at < 25 * 3600; at += 10) {
            for (Member member : members) {
                history.add(member, Resolution.TEN_SECONDS, at, variants[random.nextInt(VARIANTS)]);
            }
            if (at % 60 == 50) {
                history.addMinutes(at - 50);
                history.prune(at);
            }
            most = Math.max(most, history.bytes());
        }
        long grown = used() - before;
        System.out.printf(
                "%,6d members, %,7.1f requests/s each: %5.1f MiB counted (at most %.1f), heap grew by %5.1f MiB; of the last one %d tens, %d minutes%n",
                count,
                perSecond,
                history.bytes() / 1048576.0,
                most / 1048576.0,
                grown / 1048576.0,
                history.intervals(members[count - 1], Resolution.TEN_SECONDS, 24 * 3600L, Long.MAX_VALUE)
                        .size(),
                history.intervals(members[count - 1], Resolution.MINUTE, 3600L, Long.MAX_VALUE)
                        .size());
    }

    private static Histogram tenSeconds(double perSecond, SplittableRandom random) {
        Histogram histogram = Histograms.empty();
        int requests = (int) (perSecond * 10 + random.nextDouble());
        for (int i = 0; i < requests; i++) {
            histogram.recordValue((long) (-Math.log(1 - random.nextDouble()) * 5_000) + 500);
        }
        return histogram;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
