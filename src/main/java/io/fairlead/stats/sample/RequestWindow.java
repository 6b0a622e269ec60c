package io.fairlead.stats.sample;

import io.fairlead.stats.Requests;
import java.util.ArrayDeque;
import java.util.Deque;

/** Turns a count that only grows into what came of it in the last interval and in the last minute. Control context only. */
final class RequestWindow {
    private final Deque<Added> intervals = new ArrayDeque<>(1);
    private long total;
    private long inWindow;

    /** Takes the count as it stands at the end of the interval. */
    Requests sample(Span span, long newTotal) {
        long added = newTotal - total;
        total = newTotal;
        if (added > 0) {
            intervals.addLast(new Added(span.from(), added));
            inWindow += added;
        }
        while (!intervals.isEmpty() && intervals.getFirst().from < span.windowFrom()) {
            inWindow -= intervals.removeFirst().count;
        }
        double seconds = span.seconds();
        return new Requests(total, inWindow, span.windowSeconds(), seconds > 0 ? added / seconds : 0);
    }

    /** Whether nothing was added in the last minute. */
    boolean isEmpty() {
        return intervals.isEmpty();
    }

    private record Added(long from, long count) {}
}
