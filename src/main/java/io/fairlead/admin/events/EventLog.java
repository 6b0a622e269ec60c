package io.fairlead.admin.events;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The last thousand events, the oldest forgotten first. Numbers follow each other without a gap, so that a reader knows its place
 * by one of them, and they begin at the time of the start in microseconds, so that those of the next run are greater.
 *
 * <p>Control context only.
 */
public final class EventLog {
    /** Events that are kept. */
    public static final int LENGTH = 1000;

    private final InstantSource clock;
    private final Event[] ring = new Event[LENGTH];
    private final List<Consumer<Event>> readers = new ArrayList<>();
    private final long first;
    private long next;

    /** An empty one. */
    public EventLog(InstantSource clock) {
        this.clock = clock;
        this.first = TimeUnit.MILLISECONDS.toMicros(clock.millis());
        this.next = first;
    }

    /**
     * Tells the reader of each event from now on.
     *
     * @return ends that
     */
    public Runnable onEvent(Consumer<Event> reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    /** Adds what happens now. */
    public void add(EventKind kind, Event.Subject subject, Event.Change change, String message) {
        add(clock.instant(), kind, subject, change, message);
    }

    @SuppressWarnings("TooManyParameters") // an event without its number
    void add(Instant at, EventKind kind, Event.Subject subject, Event.Change change, String message) {
        Event event = new Event(next, at, kind, subject, change, message);
        ring[index(next++)] = event;
        readers.forEach(reader -> reader.accept(event));
    }

    /** The number of the newest event; one less than that of the first to come if there is none. */
    public long lastId() {
        return next - 1;
    }

    /** The oldest event that is kept and has a greater number than this. */
    public Optional<Event> after(long id) {
        long wanted = Math.max(Math.max(id, -1) + 1, oldest());
        return wanted < next ? Optional.of(ring[index(wanted)]) : Optional.empty();
    }

    /** How many events after this one are forgotten; 0 if it is one of another run. */
    public long forgottenAfter(long id) {
        return id < first - 1 ? 0 : Math.max(0, oldest() - id - 1);
    }

    /** All that are kept and have a greater number than this, the newest first. */
    public List<Event> newestFirst(long after) {
        List<Event> events = new ArrayList<>();
        for (long id = next - 1; id >= oldest() && id > after; id--) {
            events.add(ring[index(id)]);
        }
        return events;
    }

    private long oldest() {
        return Math.max(first, next - LENGTH);
    }

    private static int index(long id) {
        return (int) (id % LENGTH);
    }
}
