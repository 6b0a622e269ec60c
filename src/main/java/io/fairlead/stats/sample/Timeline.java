package io.fairlead.stats.sample;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The sampler's clock: cuts time into intervals, one per sample, and says which of them make up the last minute. Sampling
 * is allowed to be late by a little: an interval leaves when it began more than {@link #LONGEST} ago, so that sixty
 * intervals of slightly more than a second still count as the minute they are. The window's real length is always told.
 *
 * <p>Control context only.
 */
final class Timeline {
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(60_500);

    private final LongSupplier ticker;
    private final Deque<Long> starts = new ArrayDeque<>();
    private long last;

    Timeline(LongSupplier ticker) {
        this.ticker = ticker;
        this.last = ticker.getAsLong();
    }

    /** Where the last interval ended. */
    long last() {
        return last;
    }

    /** Ends the present interval and begins the next. */
    Span cut() {
        long now = ticker.getAsLong();
        starts.addLast(last);
        while (starts.size() > 1 && now - starts.getFirst() > LONGEST) {
            starts.removeFirst();
        }
        Span span = new Span(last, now, starts.getFirst());
        last = now;
        return span;
    }
}
