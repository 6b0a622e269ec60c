package io.fairlead.stats;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.sample.Stats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Prints what a sample takes with many members, and what the statistics of a day take on the heap. No benchmark of JMH, as a
 * sample changes what the next one finds. Takes the number of members, requests per member and second, and hours.
 */
public final class SampleCosts {
    private static final long SECOND = 1_000_000_000L;

    private long ticks;
    private Instant clock = Instant.parse("2026-03-01T00:00:00Z");
    private final SplittableRandom random = new SplittableRandom(7);
    private final Stats stats = new Stats(() -> ticks, (InstantSource) () -> clock);
    private final LoopStats[] loops = {stats.newLoop(), stats.newLoop()};
    private final Member[] members;

    private SampleCosts(int members) {
        this.members = new Member[members];
        for (int i = 0; i < members; i++) {
            MemberAddress address = new MemberAddress("10.1." + (i >> 8) + "." + (i & 255), 9000);
            this.members[i] = new Member("app", address.toString(), address);
        }
    }

    /** Runs it. */
    public static void main(String[] args) {
        new SampleCosts(Integer.parseInt(args[0])).run(Double.parseDouble(args[1]), Double.parseDouble(args[2]));
    }

    private void run(double perSecond, double hours) {
        long before = used();
        int seconds = (int) (hours * 3600);
        long[] busy = new long[Math.min(seconds, 300)];
        for (int second = 0; second < seconds; second++) {
            traffic(perSecond);
            busy[second % busy.length] = sample();
        }
        long afterTraffic = used();
        System.out.printf(
                "%,d members, %.1f requests/s each, %.1f h: a sample takes %s; heap %,.1f MiB (limit %,d MiB)%n",
                members.length,
                perSecond,
                hours,
                spread(busy),
                (afterTraffic - before) / 1048576.0,
                Runtime.getRuntime().maxMemory() >> 20);
        System.out.printf(
                "history: %,d intervals of 10 s, %,d of a minute, of the first member%n",
                stats.history(members[0], Duration.ofHours(1), Resolution.TEN_SECONDS)
                        .size(),
                stats.history(members[0], Duration.ofHours(24), Resolution.MINUTE)
                        .size());
        long[] idle = new long[120];
        for (int second = 0; second < 240; second++) {
            idle[second % idle.length] = sample();
        }
        long afterRest = used();
        System.out.printf(
                "at rest: a sample takes %s; heap %,.1f MiB%n", spread(idle), (afterRest - before) / 1048576.0);
        System.out.printf(
                "of that, the past of %,d members: %.1f MiB%n",
                stats.snapshot().members().size(), stats.historyBytes() / 1048576.0);
    }

    private void traffic(double perSecond) {
        for (Member member : members) {
            int requests = (int) (perSecond + random.nextDouble());
            for (int i = 0; i < requests; i++) {
                LoopStats loop = loops[random.nextInt(2)];
                long took = (long) (-Math.log(1 - random.nextDouble()) * 5_000_000) + 500_000;
                Lease lease = member.lease(loop.member(member));
                lease.sent(0);
                lease.answered(200, took / 2);
                lease.close(Outcome.ANSWERED, took);
            }
        }
    }

    private long sample() {
        ticks += SECOND;
        clock = clock.plusSeconds(1);
        long begun = System.nanoTime();
        stats.sample();
        return System.nanoTime() - begun;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String spread(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return "%.2f ms in the median, %.2f ms at least, %.2f ms at most"
                .formatted(sorted[sorted.length / 2] / 1e6, sorted[0] / 1e6, sorted[sorted.length - 1] / 1e6);
    }
}
