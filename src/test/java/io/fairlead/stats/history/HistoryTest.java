package io.fairlead.stats.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Resolution;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final long BEGIN = 1_700_000_040L;
    private static final long HOUR = 3600;

    private final Random random = new Random(3);
    private final History history = new History(Long.MAX_VALUE);
    private final Member member = member(1);

    @Test
    void whatComesBackEqualsWhatWentInAndGapsAreGaps() {
        Map<Long, Histogram> expected = new TreeMap<>();
        for (long at = BEGIN; at < BEGIN + HOUR; at += 10) {
            if (random.nextInt(3) > 0) {
                Histogram latencies = random(200);
                expected.put(at, latencies);
                history.add(member, Resolution.TEN_SECONDS, at, latencies);
            } else {
                history.add(member, Resolution.TEN_SECONDS, at, new Histogram(2));
            }
        }

        Map<Long, Histogram> seen = new TreeMap<>();
        for (Interval interval : history.intervals(member, Resolution.TEN_SECONDS, BEGIN, BEGIN + HOUR)) {
            assertThat(interval.length()).hasSeconds(10);
            assertThat(interval.count()).isEqualTo(interval.latencies().getTotalCount());
            seen.put(interval.from().getEpochSecond(), interval.latencies());
        }

        assertThat(seen).isEqualTo(expected);
        assertThat(history.intervals(member(2), Resolution.TEN_SECONDS, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void onlyWhatBeganInTheTimeAskedForIsTold() {
        for (long at = BEGIN; at < BEGIN + HOUR; at += 10) {
            history.add(member, Resolution.TEN_SECONDS, at, random(20));
        }
        assertThat(history.intervals(member, Resolution.TEN_SECONDS, BEGIN + 100, BEGIN + 140))
                .extracting(Interval::from)
                .containsExactlyElementsOf(IntStream.range(10, 14)
                        .mapToObj(i -> Instant.ofEpochSecond(BEGIN + 10L * i))
                        .toList());
    }

    @Test
    void minutesAreTheSumsOfTheirTens() {
        Histogram minute = new Histogram(2);
        for (long at = BEGIN; at < BEGIN + 60; at += 10) {
            Histogram tens = random(300);
            minute.add(tens);
            history.add(member, Resolution.TEN_SECONDS, at, tens);
        }
        history.addMinutes(BEGIN);
        history.addMinutes(BEGIN + 60);

        List<Interval> minutes = history.intervals(member, Resolution.MINUTE, 0, Long.MAX_VALUE);
        assertThat(minutes).hasSize(1);
        assertThat(minutes.get(0).latencies()).isEqualTo(minute);
        assertThat(minutes.get(0).from()).isEqualTo(Instant.ofEpochSecond(BEGIN));
    }

    @Test
    void aClockThatIsSetBackLosesNothing() {
        history.add(member, Resolution.TEN_SECONDS, BEGIN, random(5));
        history.add(member, Resolution.TEN_SECONDS, BEGIN + 100_000, random(5));
        history.add(member, Resolution.TEN_SECONDS, BEGIN + 10, random(5));
        history.add(member, Resolution.TEN_SECONDS, BEGIN, random(5));

        assertThat(history.intervals(member, Resolution.TEN_SECONDS, BEGIN, BEGIN + 20))
                .extracting(interval -> interval.from().getEpochSecond())
                .containsExactly(BEGIN, BEGIN + 10, BEGIN);
    }

    @Test
    void whatIsTooOldGoesAndGivesItsMemoryBack() {
        for (long at = BEGIN; at < BEGIN + 3 * HOUR; at += 10) {
            history.add(member, Resolution.TEN_SECONDS, at, random(100));
            history.prune(at);
        }
        long now = BEGIN + 3 * HOUR;
        assertThat(history.intervals(member, Resolution.TEN_SECONDS, now - HOUR, now))
                .hasSize(360);
        assertThat(history.intervals(member, Resolution.TEN_SECONDS, 0, now - HOUR - 600))
                .isEmpty();

        history.prune(now + 25 * HOUR);
        assertThat(history.bytes()).isZero();
    }

    @Test
    void aMemberThatIsForgottenGivesItsMemoryBack() {
        history.add(member, Resolution.MINUTE, BEGIN, random(100));
        long before = history.bytes();
        Member other = member(2);
        for (long at = BEGIN; at < BEGIN + HOUR; at += 10) {
            history.add(other, Resolution.TEN_SECONDS, at, random(100));
            history.add(other, Resolution.MINUTE, at, random(100));
        }

        history.forget(other);

        assertThat(history.bytes()).isEqualTo(before);
        assertThat(history.intervals(other, Resolution.MINUTE, 0, Long.MAX_VALUE))
                .isEmpty();
        assertThat(history.intervals(member, Resolution.MINUTE, 0, Long.MAX_VALUE))
                .hasSize(1);
    }

    /** Latencies without any pattern, each in a bucket of its own: the worst there is to be kept. */
    @Test
    void neverTakesMoreMemoryThanItMayAndDropsTheOldestMinutesFirst() {
        long most = 1 << 20;
        History small = new History(most);
        Member[] members = IntStream.range(0, 20).mapToObj(HistoryTest::member).toArray(Member[]::new);
        for (long at = BEGIN; at < BEGIN + 2 * HOUR; at += 10) {
            for (Member each : members) {
                small.add(each, Resolution.TEN_SECONDS, at, random(30));
                assertThat(small.bytes()).isLessThanOrEqualTo(most);
            }
            if ((at + 10 - BEGIN) % 60 == 0) {
                small.addMinutes(at - 50);
                small.prune(at);
            }
        }
        long now = BEGIN + 2 * HOUR;
        List<Interval> tens = small.intervals(members[0], Resolution.TEN_SECONDS, now - HOUR, now);
        assertThat(small.bytes()).isGreaterThan(most / 2);
        assertThat(small.intervals(members[0], Resolution.MINUTE, 0, now - HOUR))
                .isEmpty();
        assertThat(tens).isNotEmpty();
        assertThat(tens.get(tens.size() - 1).from()).isEqualTo(Instant.ofEpochSecond(now - 10));
        assertContiguous(tens);
    }

    @Test
    void oneThatHasNoRoomForAnythingKeepsNothing() {
        History none = new History(300);
        none.add(member, Resolution.TEN_SECONDS, BEGIN, random(100));
        assertThat(none.bytes()).isZero();
        assertThat(none.intervals(member, Resolution.TEN_SECONDS, 0, Long.MAX_VALUE))
                .isEmpty();
    }

    @Test
    void thousandsOfMembersShareTheSameBound() {
        long most = 4 << 20;
        History shared = new History(most);
        Member[] members =
                IntStream.range(0, 10_000).mapToObj(HistoryTest::member).toArray(Member[]::new);
        for (long at = BEGIN; at < BEGIN + 60; at += 10) {
            for (Member each : members) {
                shared.add(each, Resolution.TEN_SECONDS, at, random(3));
            }
            assertThat(shared.bytes()).isLessThanOrEqualTo(most);
        }
    }

    @Test
    void takesWhatItSaysOnTheHeap() {
        // What is counted is what is allocated for bytes, and more: so it is an upper bound.
        Map<Integer, Integer> lengths = new HashMap<>();
        List<IntervalLog> logs = new ArrayList<>();
        long counted = 0;
        for (int i = 0; i < 50; i++) {
            IntervalLog log = new IntervalLog();
            for (long at = 0; at < 1000; at++) {
                byte[] bytes = HistogramCodec.encode(random(1 + random.nextInt(50)));
                counted += log.costOf(bytes.length);
                log.append(at, bytes);
                lengths.merge(i, bytes.length, Integer::sum);
            }
            logs.add(log);
        }
        assertThat(counted).isEqualTo(logs.stream().mapToLong(IntervalLog::cost).sum());
        long held = lengths.values().stream().mapToLong(Integer::longValue).sum();
        assertThat(counted).isBetween(held, held * 3 / 2);
    }

    private static void assertContiguous(List<Interval> intervals) {
        for (int i = 1; i < intervals.size(); i++) {
            assertThat(intervals.get(i).from())
                    .isEqualTo(intervals
                            .get(i - 1)
                            .from()
                            .plus(intervals.get(i - 1).length()));
        }
    }

    private Histogram random(int values) {
        Histogram histogram = new Histogram(2);
        for (int i = 0; i < values; i++) {
            histogram.recordValue(1 + (long) Math.exp(random.nextDouble() * 22));
        }
        return histogram;
    }

    private static Member member(int number) {
        MemberAddress address = new MemberAddress("127.0.0.1", 1 + number);
        return new Member("app", address.toString(), address);
    }
}
