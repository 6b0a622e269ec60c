package io.fairlead.stats.sample;

import io.fairlead.member.Member;
import io.fairlead.stats.Histograms;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Resolution;
import io.fairlead.stats.history.History;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what was sampled into intervals of the clock, and keeps them. The present ten seconds are still in the members' last
 * minute, the present minute in tens that are kept: so nothing is held twice. A sample belongs to the interval in which it
 * began; one that took longer than ten seconds is kept apart. If the clock is set back, its new time goes on beside what it
 * showed before: two intervals may then be of the same time.
 *
 * <p>Control context only.
 */
final class Past {
    private final InstantSource clock;
    private final History history;
    private final Histogram scratch = Histograms.empty();
    private Instant sampled;
    private long tens;
    private long minute;
    private long tensFrom; // of the ticker
    private boolean wasLate;

    /**
     * Nothing yet.
     *
     * @param tick the ticker's time now
     */
    Past(InstantSource clock, long tick, History history) {
        this.clock = clock;
        this.history = history;
        this.sampled = clock.instant();
        this.tens = begin(sampled, Resolution.TEN_SECONDS);
        this.minute = begin(sampled, Resolution.MINUTE);
        this.tensFrom = tick;
    }

    private static long begin(Instant at, Resolution resolution) {
        long step = resolution.step().toSeconds();
        return Math.floorDiv(at.getEpochSecond(), step) * step;
    }

    /**
     * A sample is about to be added to the windows of members: what is over is kept first.
     *
     * @param members at least those that had any request in the last minute
     */
    void cut(Span span, Collection<MemberWindow> members) {
        Instant began = sampled;
        sampled = clock.instant();
        long newTens = begin(began, Resolution.TEN_SECONDS);
        boolean late = span.seconds() > Resolution.TEN_SECONDS.step().toSeconds();
        if (newTens != tens || late || wasLate) {
            for (MemberWindow member : members) {
                history.add(member.member(), Resolution.TEN_SECONDS, tens, present(member));
            }
            tens = newTens;
            tensFrom = span.from();
        }
        wasLate = late;
        long newMinute = begin(began, Resolution.MINUTE);
        if (newMinute != minute) {
            history.addMinutes(minute);
            history.prune(began.getEpochSecond());
            minute = newMinute;
        }
    }

    /** What was sampled of a member in the present ten seconds; to be read at once. */
    private Histogram present(@Nullable MemberWindow member) {
        scratch.reset();
        if (member != null) {
            member.totals().addRecentTo(scratch, tensFrom);
        }
        return scratch;
    }

    /** The intervals of a member that began in this time before the last sample, oldest first, and the present one. */
    List<Interval> intervals(Member member, @Nullable MemberWindow window, Duration last, Resolution resolution) {
        long now = sampled.getEpochSecond();
        List<Interval> all = history.intervals(member, resolution, oldest(last, resolution), now + 1);
        long from = resolution == Resolution.MINUTE ? minute : tens;
        Histogram present = present(window);
        if (resolution == Resolution.MINUTE) {
            history.addPresentMinuteTo(present, member);
        }
        if (present.getTotalCount() > 0) {
            Instant began = Instant.ofEpochSecond(from);
            Duration length = Duration.between(began, sampled);
            all.add(History.interval(began, length.isNegative() ? Duration.ZERO : length, present));
        }
        all.sort(Comparator.comparing(Interval::from));
        return all;
    }

    /** Adds what {@link #intervals} tells. */
    void addTo(Histogram sum, Member member, @Nullable MemberWindow window, Duration last, Resolution resolution) {
        intervals(member, window, last, resolution).forEach(interval -> interval.addTo(sum));
    }

    private long oldest(Duration last, Resolution resolution) {
        Duration reach = last.compareTo(resolution.kept()) < 0 ? last : resolution.kept();
        Instant oldest = sampled.minus(reach);
        return oldest.getNano() > 0 ? oldest.getEpochSecond() + 1 : oldest.getEpochSecond();
    }

    long bytes() {
        return history.bytes();
    }

    void forget(Member member) {
        history.forget(member);
    }
}
