package io.fairlead.proxy;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The time-outs of one event loop. What may take too long is in one linked list, and a sweep every 50 ms asks each whether
 * it did: setting or moving a deadline is a field write, where a timer of its own would cost a task in the loop's queue. A
 * time-out so passes up to one sweep late.
 *
 * <p>A sweep that is late tells that the loop itself was held up: by work, by a collection of garbage, or with the whole machine.
 * Answers may have come meanwhile that nobody has read, so that this time is not to be held against members.
 *
 * <p>Confined to its event loop.
 */
final class Deadlines {
    /** Between two sweeps, in milliseconds. */
    static final long SWEEP_MS = 50;

    private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(SWEEP_MS);

    private @Nullable Watched first;
    private long lastSweep;
    private long heldUp;

    /**
     * Nothing is watched yet.
     *
     * @param now nanoseconds of the clock that sweeps go by
     */
    Deadlines(long now) {
        this.lastSweep = now;
    }

    /** Has time-outs. */
    abstract static class Watched {
        private @Nullable Watched previous;
        private @Nullable Watched next;
        private boolean listed;

        /** Looks at its deadlines, and acts if one has passed. May add and remove itself and others. */
        abstract void sweep(long now);
    }

    void add(Watched watched) {
        watched.listed = true;
        watched.previous = null;
        watched.next = first;
        if (first != null) {
            first.previous = watched;
        }
        first = watched;
    }

    /** Does nothing if it is not there. */
    void remove(Watched watched) {
        if (!watched.listed) {
            return;
        }
        watched.listed = false;
        if (watched.previous != null) {
            watched.previous.next = watched.next;
        } else if (first == watched) {
            first = watched.next;
        }
        if (watched.next != null) {
            watched.next.previous = watched.previous;
        }
        watched.previous = null;
        // its next stays, so that a sweep that stands on it finds the way on
    }

    /** For how long the loop was held up since its start, in nanoseconds; a sweep late by less than another one does not count. */
    long heldUp() {
        return heldUp;
    }

    /** How late a sweep at this time is, in nanoseconds, 0 or more. */
    long lateness(long now) {
        return Math.max(0, now - lastSweep - SWEEP_NANOS);
    }

    void sweep(long now) {
        long late = lateness(now);
        heldUp += late > SWEEP_NANOS ? late : 0;
        lastSweep = now;
        Watched current = first;
        while (current != null) {
            Watched next = current.next;
            if (current.listed) {
                current.sweep(now);
            }
            current = next;
        }
    }
}
