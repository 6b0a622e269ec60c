package io.fairlead.stats.history;

import io.fairlead.member.Member;
import io.fairlead.stats.Histograms;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The total times of all members in intervals of ten seconds and of a minute, within one bound of memory for all. Where it
 * does not suffice, the oldest minutes of all members go first, then the oldest tens; so each resolution reaches equally far
 * back for all. The bound holds at any moment; where even the newest interval has no room it is not kept.
 *
 * <p>Times are seconds of the clock. Control context only.
 */
public final class History {
    /** What a member takes beside its intervals: the logs, the lists of their chunks, the entries in the maps. */
    static final int MEMBER_OVERHEAD = 400;

    private static final long SHARE_DROPPED = 16;

    private final long maxBytes;
    private final Map<Member, Map<Resolution, IntervalLog>> members = new HashMap<>();
    private final Histogram scratch = Histograms.empty();
    private long bytes;

    /**
     * Nothing yet.
     *
     * @param maxBytes that it may take on the heap
     */
    public History(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** What it may take in a heap of this size: an eighth of it, and no more than 64 MiB. */
    public static long bound(long maxHeapBytes) {
        return Math.min(maxHeapBytes / 8, 64L << 20);
    }

    /**
     * Keeps an interval.
     *
     * @param from where it begins, in seconds of the clock
     * @param latencies in microseconds; if there are none, nothing is kept
     */
    public void add(Member member, Resolution resolution, long from, Histogram latencies) {
        if (latencies.getTotalCount() == 0) {
            return;
        }
        byte[] encoded = HistogramCodec.encode(latencies);
        while (bytes + costOf(member, resolution, encoded.length) > maxBytes) {
            if (!dropOldest()) {
                return;
            }
        }
        bytes += costOf(member, resolution, encoded.length);
        log(members.computeIfAbsent(member, any -> new EnumMap<>(Resolution.class)), resolution)
                .append(from, encoded);
    }

    private long costOf(Member member, Resolution resolution, int length) {
        Map<Resolution, IntervalLog> logs = members.get(member);
        IntervalLog log = logs == null ? new IntervalLog() : log(logs, resolution);
        return log.costOf(length) + (logs == null ? MEMBER_OVERHEAD : 0);
    }

    private static IntervalLog log(Map<Resolution, IntervalLog> logs, Resolution resolution) {
        return Objects.requireNonNull(logs.computeIfAbsent(resolution, any -> new IntervalLog()));
    }

    /** Drops the oldest sixteenth of the minutes, or if there is none left, of the tens. */
    private boolean dropOldest() {
        for (Resolution resolution : List.of(Resolution.MINUTE, Resolution.TEN_SECONDS)) {
            long oldest = Long.MAX_VALUE;
            long newest = Long.MIN_VALUE;
            for (Map<Resolution, IntervalLog> logs : members.values()) {
                IntervalLog log = logs.get(resolution);
                if (log != null && !log.isEmpty()) {
                    oldest = Math.min(oldest, log.oldest());
                    newest = Math.max(newest, log.newest());
                }
            }
            if (oldest < Long.MAX_VALUE) {
                drop(resolution, oldest + Math.max(0, newest - oldest) / SHARE_DROPPED);
                return true;
            }
        }
        return false;
    }

    private void drop(Resolution resolution, long upTo) {
        for (Map<Resolution, IntervalLog> logs : members.values()) {
            IntervalLog log = logs.get(resolution);
            if (log != null) {
                bytes -= log.dropUpTo(upTo);
            }
        }
    }

    /** Drops what is older than it is kept for; to be called about once a minute. */
    public void prune(long now) {
        for (Resolution resolution : Resolution.values()) {
            drop(
                    resolution,
                    now - resolution.kept().toSeconds() - resolution.step().toSeconds());
        }
        members.values().removeIf(logs -> {
            boolean empty = logs.values().stream().allMatch(IntervalLog::isEmpty);
            bytes -= empty ? MEMBER_OVERHEAD : 0;
            return empty;
        });
    }

    /** Keeps the sum of the tens that were added since the last call as a minute, for each member that has any. */
    public void addMinutes(long from) {
        for (Member member : List.copyOf(members.keySet())) {
            IntervalLog tens = find(member, Resolution.TEN_SECONDS);
            if (tens != null && tens.isLongerThanMarked()) {
                scratch.reset();
                addPresentMinuteTo(scratch, member);
                tens.mark();
                add(member, Resolution.MINUTE, from, scratch);
            }
        }
    }

    /** Adds the tens of a member that are in no minute yet. */
    public void addPresentMinuteTo(Histogram sum, Member member) {
        IntervalLog tens = find(member, Resolution.TEN_SECONDS);
        if (tens != null) {
            tens.forEachSinceMark((at, encoded, start, length) -> HistogramCodec.addTo(sum, encoded, start, length));
        }
    }

    /** What is kept of a member from this time on and before the other, in the order in which it was added. */
    public List<Interval> intervals(Member member, Resolution resolution, long from, long until) {
        List<Interval> all = new ArrayList<>();
        IntervalLog log = find(member, resolution);
        if (log != null) {
            log.forEach(
                    from,
                    until,
                    (at, encoded, start, length) -> all.add(
                            new KeptInterval(Instant.ofEpochSecond(at), resolution.step(), encoded, start, length)));
        }
        return all;
    }

    /** One that is not kept. */
    public static Interval interval(Instant from, Duration length, Histogram latencies) {
        byte[] encoded = HistogramCodec.encode(latencies);
        return new KeptInterval(from, length, encoded, 0, encoded.length);
    }

    private @Nullable IntervalLog find(Member member, Resolution resolution) {
        Map<Resolution, IntervalLog> logs = members.get(member);
        return logs == null ? null : logs.get(resolution);
    }

    /** Drops all that is kept of a member. */
    public void forget(Member member) {
        Map<Resolution, IntervalLog> gone = members.remove(member);
        if (gone != null) {
            bytes -= MEMBER_OVERHEAD
                    + gone.values().stream().mapToLong(IntervalLog::cost).sum();
        }
    }

    /** The bytes of memory that it takes now, as an upper bound. */
    public long bytes() {
        return bytes;
    }
}
