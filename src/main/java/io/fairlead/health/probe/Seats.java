package io.fairlead.health.probe;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who of the HTTP probes under way sits where. A connection that is kept knows the number of the seat rather than who asks on it: an
 * old object that is given a new one each time makes the collector look at it again, and of such there may be ten thousand. There are
 * no more seats than probes at one time. Control context only.
 */
final class Seats {
    /** Of a connection on which nobody asks. */
    static final int NONE = -1;

    private final List<@Nullable HttpAsking> taken = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();

    /** A seat for one who begins to ask. */
    int take(HttpAsking asking) {
        Integer seat = free.poll();
        if (seat != null) {
            taken.set(seat, asking);
            return seat;
        }
        taken.add(asking);
        return taken.size() - 1;
    }

    /** Who has the seat; null for {@link #NONE}. */
    @Nullable
    HttpAsking at(int seat) {
        return seat == NONE ? null : taken.get(seat);
    }

    /** Makes a seat free; does nothing for {@link #NONE}. */
    void leave(int seat) {
        if (seat != NONE) {
            taken.set(seat, null);
            free.push(seat);
        }
    }
}
