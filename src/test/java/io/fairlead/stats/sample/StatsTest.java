package io.fairlead.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.stats.Latency;
import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.MemberCounts;
import io.fairlead.stats.MemberCounts.Bytes;
import io.fairlead.stats.MemberCounts.Errors;
import io.fairlead.stats.MemberCounts.Responses;
import io.fairlead.stats.MemberStats;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.Requests;
import io.fairlead.stats.StatsSnapshot;
import io.fairlead.stats.StatusCounts;
import io.fairlead.stats.record.LoopStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StatsTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final AtomicLong now = new AtomicLong(-5 * SECOND);
    private final Stats stats = new Stats(now::get);
    private final LoopStats loop = stats.newLoop();
    private final Member member = member("app", 9001);

    @Test
    void percentilesAreWithinOnePercentOfASortedReference() {
        Random random = new Random(42);
        double[] millis = new double[20_000];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = Math.exp(random.nextGaussian() * 2);
            answer(loop, member, 200, nanos(millis[i]), nanos(millis[i] / 2));
        }
        Arrays.sort(millis);

        MemberStats seen = second().member(member);

        assertThat(seen.latency().count()).isEqualTo(millis.length);
        assertWithinOnePercent(seen.latency().p50(), rank(millis, 0.5));
        assertWithinOnePercent(seen.latency().p90(), rank(millis, 0.9));
        assertWithinOnePercent(seen.latency().p99(), rank(millis, 0.99));
        assertWithinOnePercent(seen.latency().p999(), rank(millis, 0.999));
        assertWithinOnePercent(seen.latency().max(), millis[millis.length - 1]);
        assertWithinOnePercent(seen.firstByte().p90(), rank(millis, 0.9) / 2);
    }

    @Test
    void theWindowHoldsTheLastMinuteAndNothingOlder() {
        answer(loop, member, 200, nanos(500), nanos(500));
        second();
        for (int i = 2; i <= 60; i++) {
            answer(loop, member, 200, nanos(10), nanos(10));
            second();
        }

        MemberStats full = stats.snapshot().member(member);
        assertThat(full.latency().windowSeconds()).isEqualTo(60);
        assertThat(full.latency().count()).isEqualTo(60);
        assertThat(full.latency().max()).isCloseTo(500, within(5.0));

        MemberStats after = second().member(member);
        assertThat(after.latency().windowSeconds()).isEqualTo(60);
        assertThat(after.latency().count()).isEqualTo(59);
        assertThat(after.latency().max()).isCloseTo(10, within(0.1));
        assertThat(after.requests().inWindow()).isEqualTo(59);
        assertThat(after.requests().total()).isEqualTo(60);
    }

    @Test
    void aWindowThatEmptiesIsEmpty() {
        answer(loop, member, 200, nanos(3), nanos(2));
        for (int i = 0; i < 61; i++) {
            second();
        }

        assertThat(stats.snapshot().member(member).latency()).isEqualTo(new Latency(60, 0, 0, 0, 0, 0, 0));
        assertThat(stats.snapshot().member(member).requests()).isEqualTo(new Requests(1, 0, 60, 0));
        assertThat(stats.snapshot().latency()).isEqualTo(Latency.none(60));
    }

    @Test
    void tellsTheRealLengthOfAWindowThatIsNotFull() {
        second();
        now.addAndGet(SECOND / 2);
        assertThat(stats.sample().windowSeconds()).isEqualTo(1.5);
    }

    @Test
    void samplesThatComeALittleLateStillMakeAMinute() {
        for (int i = 0; i < 100; i++) {
            now.addAndGet(SECOND + SECOND / 200);
            stats.sample();
        }
        assertThat(stats.snapshot().windowSeconds()).isCloseTo(60.3, within(1e-9));
    }

    @Test
    void afterAStallTheWindowHoldsNothingOlderThanItSays() {
        answer(loop, member, 200, nanos(3), nanos(2));
        second();
        now.addAndGet(300 * SECOND);

        StatsSnapshot seen = stats.sample();

        assertThat(seen.windowSeconds()).isEqualTo(300);
        assertThat(seen.member(member).latency().count()).isZero();
    }

    @Test
    void twoLoopsMergeToTheUnionOfWhatTheyRecorded() {
        LoopStats second = stats.newLoop();
        Stats reference = new Stats(now::get);
        LoopStats only = reference.newLoop();
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            long took = nanos(random.nextInt(1, 400));
            // The second loop is ten times slower: averaged percentiles would be far off.
            answer(i % 2 == 0 ? loop : second, member, 200, took * (i % 2 == 0 ? 1 : 10), took);
            answer(only, member, 200, took * (i % 2 == 0 ? 1 : 10), took);
        }
        now.addAndGet(SECOND);

        assertThat(stats.sample()).isEqualTo(reference.sample());
    }

    @Test
    void aPoolsLatencyIsThatOfAllItsMembersAnswers() {
        Member slow = member("app", 9002);
        Member elsewhere = member("other", 9003);
        for (int i = 0; i < 100; i++) {
            answer(loop, member, 200, nanos(10), nanos(10));
            answer(loop, slow, 200, nanos(1000), nanos(10));
            answer(loop, elsewhere, 200, nanos(5000), nanos(10));
        }

        StatsSnapshot seen = second();

        assertThat(seen.pool("app").latency().count()).isEqualTo(200);
        assertThat(seen.pool("app").latency().p50()).isCloseTo(10, within(0.1));
        assertThat(seen.pool("app").latency().p90()).isCloseTo(1000, within(10.0));
        assertThat(seen.latency().count()).isEqualTo(300);
        assertThat(seen.latency().max()).isCloseTo(5000, within(50.0));
    }

    @Test
    void countsWhatCameOfEachLease() {
        answer(loop, member, 200, 10, 5);
        answer(loop, member, 204, 10, 5);
        answer(loop, member, 302, 10, 5);
        answer(loop, member, 404, 10, 5);
        answer(loop, member, 503, 10, 5);
        loop.member(member).retriedElsewhere();
        Lease refused = member.lease(loop.member(member));
        refused.close(Outcome.CONNECT_FAILED, now.get());
        close(Outcome.RESET);
        close(Outcome.TIMED_OUT);
        close(Outcome.ABANDONED);

        assertThat(second().member(member).counts())
                .isEqualTo(new MemberCounts(
                        8, new Responses(0, 2, 1, 1, 1), new Errors(1, 1, 1), 1, 1, 0, new Bytes(8 * 3, 8 * 7)));
    }

    @Test
    void timesCountOfAnswersAndTimeOutsOnly() {
        close(Outcome.RESET);
        close(Outcome.ABANDONED);
        assertThat(second().member(member).latency().count()).isZero();

        Lease hanging = member.lease(loop.member(member));
        hanging.sent(now.get());
        hanging.close(Outcome.TIMED_OUT, now.get() + 30 * SECOND);

        MemberStats seen = second().member(member);
        assertThat(seen.latency().p50()).isCloseTo(30_000, within(300.0));
        assertThat(seen.firstByte().p50()).isCloseTo(30_000, within(300.0));
    }

    @Test
    void aTunnelHasAFirstByteButNoLatency() {
        answer(loop, member, 101, 3600 * SECOND, nanos(4));

        MemberStats seen = second().member(member);

        assertThat(seen.latency().count()).isZero();
        assertThat(seen.firstByte().p50()).isCloseTo(4, within(0.04));
        assertThat(seen.counts().responses().informational()).isEqualTo(1);
    }

    @Test
    void timesBeyondAnHourCountAsAnHourAndNoneAsAMicrosecond() {
        answer(loop, member, 200, 5 * 3600 * SECOND, 0);

        MemberStats seen = second().member(member);

        assertThat(seen.latency().max()).isCloseTo(3_600_000, within(36_000.0));
        assertThat(seen.firstByte().max()).isEqualTo(0.001);
    }

    @Test
    void ratesAreOfTheLastSecondAndOfTheWindow() {
        for (int i = 0; i < 30; i++) {
            answer(loop, member, 200, 10, 5);
        }
        second();
        for (int i = 0; i < 6; i++) {
            answer(loop, member, 200, 10, 5);
        }
        now.addAndGet(2 * SECOND);

        Requests seen = stats.sample().member(member).requests();

        assertThat(seen).isEqualTo(new Requests(36, 36, 3, 3));
        assertThat(seen.perSecondInWindow()).isEqualTo(12);
    }

    @Test
    void countsConnectionsAndRequestsOfListenersOverAllLoops() {
        LoopStats other = stats.newLoop();
        loop.listener("web").connectionOpened();
        loop.listener("web").requestReceived();
        other.listener("web").connectionOpened();
        other.listener("web").connectionOpened();
        other.listener("web").connectionClosed();
        other.listener("plain").requestReceived();

        StatsSnapshot seen = second();

        assertThat(seen.listener("web")).isEqualTo(listener(2, 3, new Requests(1, 1, 1, 1)));
        assertThat(seen.incoming()).isEqualTo(listener(2, 3, new Requests(2, 2, 1, 2)));
        assertThat(seen.listener("nobody")).isEqualTo(ListenerStats.none(1));
    }

    @Test
    void countsRequestsRetriesAndRefusalsOfPoolsOverAllLoops() {
        LoopStats other = stats.newLoop();
        loop.pool("app").requestReceived();
        loop.pool("app").refused("no-member-available");
        other.pool("app").requestReceived();
        other.pool("app").retried();
        other.pool("app").refused("no-member-available");
        other.pool("app").refused("connect-failed");

        PoolStats seen = second().pool("app");

        assertThat(seen.requests().total()).isEqualTo(2);
        assertThat(seen.retries()).isEqualTo(1);
        assertThat(seen.refused()).containsOnly(entry("no-member-available", 2), entry("connect-failed", 1));
    }

    @Test
    void routesAndListenersCountEachExchangeOnceOverAllLoops() {
        LoopStats other = stats.newLoop();
        loop.listener("web").route("/").ended(200, nanos(10));
        other.listener("web").route("/").ended(503, nanos(30));
        other.listener("plain").route("/").ended(200, nanos(20));
        other.listener("web").route("/chat").ended(101, nanos(60_000));
        loop.listener("web").route("").unread(400);

        StatsSnapshot seen = second();

        assertThat(seen.route("/").codes().byStatus()).isEqualTo(Map.of(200, 2L, 503, 1L));
        assertThat(seen.route("/").codesByListener())
                .containsEntry("web", new StatusCounts(new TreeMap<>(Map.of(200, 1L, 503, 1L))));
        assertThat(seen.route("/").requests()).isEqualTo(new Requests(3, 3, 1, 3));
        assertThat(seen.route("/").errors()).isEqualTo(new Requests(1, 1, 1, 1));
        assertThat(seen.route("/").latency().count()).isEqualTo(3);
        assertThat(seen.route("/").buckets().count()).isEqualTo(3);
        assertThat(seen.route("/chat").latency().count()).isZero();
        assertThat(seen.listener("web").responses()).isEqualTo(new Responses(1, 1, 0, 1, 1));
        assertThat(seen.listener("web").latency().max()).isCloseTo(30, within(0.3));
        assertThat(seen.incoming().latency().count()).isEqualTo(3);
        assertThat(seen.incoming().errors().total()).isEqualTo(1);
        assertThat(second().route("/").latency().count()).isEqualTo(3);
    }

    @Test
    void aRouteThatIsGoneIsDroppedAndWhatItCameToStaysInTheSums() {
        loop.listener("web").route("/old").ended(503, nanos(10));
        loop.listener("web").route("/").ended(200, nanos(10));
        loop.listener("web").route("").unread(400);
        second();
        stats.retain(Set.of("/", "/new"), Set.of());
        second();
        loop.listener("web").route("/old").ended(200, nanos(10)); // was in work
        for (int i = 0; i < 3; i++) {
            second();
        }
        StatsSnapshot seen = second();
        assertThat(seen.routes()).containsOnlyKeys("/", "");
        assertThat(loop.listener("web").routes()).containsOnlyKeys("/", "");
        assertThat(seen.listener("web").responses()).isEqualTo(new Responses(0, 2, 0, 1, 1));
        assertThat(seen.incoming().errors().total()).isEqualTo(1);
    }

    @Test
    void aPoolThatIsGoneIsDroppedWhenItsMembersAreAtRest() {
        answer(loop, member, 200, nanos(3), nanos(2));
        loop.pool("app").requestReceived();
        loop.pool("api").requestReceived();
        second();
        stats.retain(Set.of(), Set.of("api"));
        stats.forget(member);
        second();
        second();
        assertThat(second().pools()).containsOnlyKeys("api");
        assertThat(loop.pools()).containsOnlyKeys("api");
    }

    @Test
    void aMemberAtRestIsNotLookedAtUntilSomethingHappensThere() {
        answer(loop, member, 200, nanos(3), nanos(2));
        for (int i = 0; i < 61; i++) {
            second();
        }
        MemberStats atRest = second().member(member);
        assertThat(second().member(member)).isSameAs(atRest);

        answer(loop, member, 200, nanos(3), nanos(2));
        assertThat(second().member(member).requests()).isEqualTo(new Requests(2, 1, 60, 1));
    }

    @Test
    void givesTheSameRecorderEachTime() {
        assertThat(loop.member(member)).isSameAs(loop.member(member));
        assertThat(loop.member(member)).isNotSameAs(loop.member(member("app", 9001)));
        assertThat(loop.pool("app")).isSameAs(loop.pool("app"));
        assertThat(loop.listener("web")).isSameAs(loop.listener("web"));
    }

    @Test
    void forgetsAMemberOnceNothingIsInFlight() {
        answer(loop, member, 200, 10, 5);
        Lease open = member.lease(loop.member(member));
        open.sent(now.get());
        stats.forget(member);
        assertThat(second().members()).containsOnlyKeys(member);

        open.answered(200, now.get());
        open.close(Outcome.ANSWERED, now.get());

        assertThat(second().members()).isEmpty();
        assertThat(stats.latencies(member, Duration.ofHours(1)).getTotalCount()).isZero();
        assertThat(second().members()).isEmpty();
    }

    @Test
    void samplingWhileLoopsRecordLosesNothing() throws InterruptedException {
        int perThread = 50_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            LoopStats own = stats.newLoop();
            threads.add(new Thread(() -> {
                for (int n = 0; n < perThread; n++) {
                    Lease lease = member.lease(own.member(member));
                    lease.sent(0);
                    lease.answered(200, 1_000L * n);
                    lease.close(Outcome.ANSWERED, 2_000L * n);
                    own.pool("app").requestReceived();
                }
            }));
        }
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            // The clock stands still, so that nothing leaves the window meanwhile.
            stats.sample();
        }
        for (Thread thread : threads) {
            thread.join();
        }

        StatsSnapshot seen = stats.sample();

        assertThat(seen.member(member).counts().requests()).isEqualTo(3L * perThread);
        assertThat(seen.member(member).latency().count()).isEqualTo(3L * perThread);
        assertThat(seen.member(member).firstByte().count()).isEqualTo(3L * perThread);
        assertThat(seen.pool("app").requests().total()).isEqualTo(3L * perThread);
    }

    private static ListenerStats listener(long open, long total, Requests requests) {
        return new ListenerStats(open, total, requests, Requests.none(1), Responses.NONE, Latency.none(1));
    }

    private StatsSnapshot second() {
        now.addAndGet(SECOND);
        return stats.sample();
    }

    private void answer(LoopStats on, Member by, int status, long totalNanos, long firstByteNanos) {
        Lease lease = by.lease(on.member(by));
        lease.sent(now.get());
        lease.answered(status, now.get() + firstByteNanos);
        lease.addBytesSent(3);
        lease.addBytesReceived(7);
        lease.close(Outcome.ANSWERED, now.get() + totalNanos);
    }

    private void close(Outcome outcome) {
        Lease lease = member.lease(loop.member(member));
        lease.sent(now.get());
        lease.addBytesSent(3);
        lease.addBytesReceived(7);
        lease.close(outcome, now.get() + SECOND);
    }

    private static Member member(String pool, int port) {
        MemberAddress address = new MemberAddress("127.0.0.1", port);
        return new Member(pool, address.toString(), address);
    }

    private static Map.Entry<String, Long> entry(String why, long count) {
        return Map.entry(why, count);
    }

    private static long nanos(double millis) {
        return Math.round(millis * 1_000_000);
    }

    private static double rank(double[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    private static void assertWithinOnePercent(double actual, double expected) {
        assertThat(actual).isCloseTo(expected, within(expected * 0.01));
    }
}
