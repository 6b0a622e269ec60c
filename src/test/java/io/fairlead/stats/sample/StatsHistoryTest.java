package io.fairlead.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.stats.Buckets;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Latency;
import io.fairlead.stats.Resolution;
import io.fairlead.stats.record.LoopStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class StatsHistoryTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Instant BEGIN = Instant.parse("2026-03-01T09:59:58.250Z");

    private final AtomicLong ticks = new AtomicLong(-77 * SECOND);
    private Instant clock = BEGIN;
    private final Stats stats = new Stats(ticks::get, () -> clock);
    private final LoopStats loop = stats.newLoop();
    private final Member member = new Member("app", "a", new MemberAddress("127.0.0.1", 9001));

    @Test
    void intervalsAreCutByTheClockAndTheLastOneIsThePresentOne() {
        for (int i = 0; i < 65; i++) {
            answer(10);
            pass(1);
        }
        // 10:01:03.250: the sample that began at 09:59:58.250 and the next are of the minute before.
        List<Interval> tens = stats.history(member, Duration.ofHours(1), Resolution.TEN_SECONDS);
        assertThat(tens)
                .extracting(interval -> interval.from().toString() + " " + interval.count())
                .containsExactly(
                        "2026-03-01T09:59:50Z 2",
                        "2026-03-01T10:00:00Z 10",
                        "2026-03-01T10:00:10Z 10",
                        "2026-03-01T10:00:20Z 10",
                        "2026-03-01T10:00:30Z 10",
                        "2026-03-01T10:00:40Z 10",
                        "2026-03-01T10:00:50Z 10",
                        "2026-03-01T10:01:00Z 3");
        assertThat(tens.get(1).length()).hasSeconds(10);
        assertThat(tens.get(7).length()).hasMillis(3250);
        assertThat(stats.history(member, Duration.ofHours(24), Resolution.MINUTE))
                .extracting(interval -> interval.from().toString() + " " + interval.count())
                .containsExactly("2026-03-01T09:59:00Z 2", "2026-03-01T10:00:00Z 60", "2026-03-01T10:01:00Z 3");
    }

    @Test
    void gapsAreGapsAndPercentilesAreOfWhatWasAdded() {
        burst(99, 10);
        pass(30);
        pass(300);
        burst(1, 500);
        pass(30);

        List<Interval> minutes = stats.history(member, Duration.ofHours(1), Resolution.MINUTE);
        assertThat(minutes).hasSize(2);
        Histogram all = stats.latencies(member, Duration.ofHours(1));
        assertThat(all.getTotalCount()).isEqualTo(100);
        assertThat(all.getValueAtPercentile(99) / 1000.0).isCloseTo(10, within(10 / 128.0));
        assertThat(all.getMaxValue() / 1000.0).isCloseTo(500, within(500 / 128.0));
        assertThat(stats.latencies(member, Duration.ofMinutes(1)).getTotalCount())
                .isEqualTo(1);
        assertThat(stats.latencies(member, Duration.ofHours(24)).getTotalCount())
                .isEqualTo(100);
    }

    @Test
    void everyRequestOfADayIsToldOnce() {
        for (int second = 0; second < 86_300; second++) {
            if (second % 7 == 0) {
                answer(1 + second % 300);
            }
            pass(1);
        }
        long expected = (86_300 + 6) / 7;
        assertThat(total(Resolution.MINUTE, Duration.ofHours(24))).isEqualTo(expected);
        assertThat(total(Resolution.TEN_SECONDS, Duration.ofHours(1))).isBetween(3600L / 7 - 2, 3600L / 7 + 2);
        assertThat(stats.history(member, Duration.ofHours(1), Resolution.TEN_SECONDS)
                        .size())
                .isBetween(360, 361);
    }

    @Test
    void aSampleThatIsFarTooLateLosesNothing() {
        burst(5, 10);
        pass(4);
        burst(7, 10);
        stall(400);
        burst(3, 10);
        pass(15);
        assertThat(total(Resolution.TEN_SECONDS, Duration.ofHours(1))).isEqualTo(15);
        assertThat(total(Resolution.MINUTE, Duration.ofHours(1))).isEqualTo(15);
    }

    @Test
    void aTickerThatLeapsAheadOfTheClockLosesNothing() {
        burst(5, 10);
        pass(3);
        ticks.addAndGet(5000 * SECOND);
        burst(5, 10);
        pass(80);
        assertThat(total(Resolution.MINUTE, Duration.ofHours(1))).isEqualTo(10);
    }

    @Test
    void aClockThatIsSetBackAnHourLosesNothingAndStaysInOrder() {
        for (int i = 0; i < 100; i++) {
            answer(10);
            pass(1);
        }
        clock = clock.minusSeconds(3000);
        for (int i = 0; i < 100; i++) {
            answer(10);
            pass(1);
        }
        List<Interval> now = stats.history(member, Duration.ofHours(1), Resolution.TEN_SECONDS);
        assertThat(now.stream().mapToLong(Interval::count).sum()).isBetween(99L, 101L);
        assertThat(now).isSortedAccordingTo((a, b) -> a.from().compareTo(b.from()));

        clock = clock.plusSeconds(3000);
        pass(61);
        assertThat(total(Resolution.MINUTE, Duration.ofHours(24))).isEqualTo(200);
    }

    @Test
    void aClockThatIsSetBackWithinTheMinuteCountsNothingTwice() {
        for (int i = 0; i < 20; i++) {
            clock = clock.minusSeconds(i % 3 == 0 ? 70 : 0);
            burst(3, 10);
            pass(29);
        }
        clock = clock.plusSeconds(3600);
        pass(1);
        assertThat(total(Resolution.MINUTE, Duration.ofHours(24))).isEqualTo(60);
    }

    /** A member that answers in 1 ms, and each hundredth time in 200 ms. */
    @Test
    void percentilesBucketsAndHistoryAgreeWithTheTruth() {
        for (int second = 0; second < 100; second++) {
            for (int i = 1; i <= 100; i++) {
                answer(i == 100 ? 200 : 1);
            }
            pass(1);
        }
        Latency shown = stats.snapshot().member(member).latency();
        assertThat(shown.count()).isEqualTo(6000);
        assertThat(shown.p50()).isCloseTo(1, within(1 / 128.0));
        assertThat(shown.p99()).isCloseTo(1, within(1 / 128.0));
        assertThat(shown.p999()).isCloseTo(200, within(200 / 128.0));
        assertThat(shown.max()).isCloseTo(200, within(200 / 128.0));

        Buckets buckets = stats.snapshot().member(member).buckets();
        double[] bounds = Buckets.bounds();
        for (int i = 0; i < bounds.length; i++) {
            assertThat(buckets.cumulative(i))
                    .as("no longer than " + bounds[i] + " s")
                    .isEqualTo(bounds[i] < 0.2 ? 9900 : 10_000);
        }
        assertThat(buckets.count()).isEqualTo(10_000);
        assertThat(buckets.sumSeconds()).isCloseTo(9.9 + 20, within(29.9 / 128));

        Histogram kept = stats.latencies(member, Duration.ofHours(1));
        assertThat(kept.getTotalCount()).isEqualTo(10_000);
        assertThat(kept.getCountBetweenValues(0, 1_100)).isEqualTo(9900);
        assertThat(kept.getValueAtPercentile(99) / 1000.0).isCloseTo(1, within(1 / 128.0));
        assertThat(kept.getMaxValue() / 1000.0).isCloseTo(200, within(200 / 128.0));
    }

    @Test
    void bucketsOnlyGrow() {
        Buckets before = Buckets.NONE;
        for (int i = 0; i < 200; i++) {
            answer(i * i / 10.0);
            pass(1);
            Buckets now = stats.snapshot().member(member).buckets();
            for (int bound = 0; bound < Buckets.bounds().length; bound++) {
                assertThat(now.cumulative(bound)).isGreaterThanOrEqualTo(before.cumulative(bound));
            }
            assertThat(now.sumSeconds()).isGreaterThan(before.sumSeconds());
            before = now;
        }
        assertThat(before.count()).isEqualTo(200);
    }

    @Test
    void aMemberThatIsForgottenHasNoPast() {
        burst(5, 10);
        pass(70);
        stats.forget(member);
        pass(1);
        assertThat(stats.history(member, Duration.ofHours(24), Resolution.MINUTE))
                .isEmpty();
    }

    private long total(Resolution resolution, Duration last) {
        return stats.history(member, last, resolution).stream()
                .mapToLong(Interval::count)
                .sum();
    }

    private void burst(int count, double millis) {
        for (int i = 0; i < count; i++) {
            answer(millis);
        }
    }

    private void answer(double millis) {
        Lease lease = member.lease(loop.member(member));
        lease.sent(0);
        long took = Math.round(millis * 1_000_000);
        lease.answered(200, took);
        lease.close(Outcome.ANSWERED, took);
    }

    /** So many seconds, each with a sample. */
    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            stall(1);
        }
    }

    /** One sample after so many seconds. */
    private void stall(int seconds) {
        ticks.addAndGet(seconds * SECOND);
        clock = clock.plusSeconds(seconds);
        stats.sample();
    }
}
