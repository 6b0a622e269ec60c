package io.fairlead.admin.webhook;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.health.Scheduler;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what changes too often. The first change of a member is passed on at once and begins a pause of ten seconds; what changes
 * in the pause is held, and at its end the newest is passed on with the number of those that were not. While that goes on the pause
 * doubles, up to five minutes; a pause in which nothing changed ends it. Health, orders and pools are told apart, so that an order
 * never waits for a member that flaps.
 *
 * <p>One timer for each member that changed a short time ago. Control context only.
 */
final class FlapGuard {
    static final Duration FIRST = Duration.ofSeconds(10);
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final Scheduler scheduler;
    private final BiConsumer<Event, Integer> passed;
    private final Map<Key, Pause> pauses = new LinkedHashMap<>();

    private record Key(Event.Subject subject, EventKind kind) {}

    /**
     * A guard that holds nothing.
     *
     * @param passed takes an event, and how many of its kind before it were not passed on
     */
    FlapGuard(Scheduler scheduler, BiConsumer<Event, Integer> passed) {
        this.scheduler = scheduler;
        this.passed = passed;
    }

    void accept(Event event) {
        Key key = new Key(event.subject(), event.kind());
        Pause pause = pauses.get(key);
        if (pause == null) {
            pauses.put(key, new Pause(key));
            passed.accept(event, 0);
        } else {
            pause.hold(event);
        }
    }

    /** Passes on all that is held. */
    void flush() {
        for (Pause pause : List.copyOf(pauses.values())) {
            pause.end.cancel();
            pause.pass();
        }
        pauses.clear();
    }

    /** How many are looked after. */
    int pauses() {
        return pauses.size();
    }

    private final class Pause {
        private final Key key;
        private Duration length = FIRST;
        private Scheduler.Cancellation end;
        private @Nullable Event newest;
        private int held;

        Pause(Key key) {
            this.key = key;
            this.end = scheduler.after(length, this::over);
        }

        void hold(Event event) {
            newest = event;
            held++;
        }

        private void over() {
            if (newest == null) {
                pauses.remove(key);
                return;
            }
            Duration twice = length.multipliedBy(2);
            length = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
            end = scheduler.after(length, this::over);
            pass();
        }

        private void pass() {
            Event event = newest;
            if (event != null) {
                int suppressed = held - 1;
                newest = null;
                held = 0;
                passed.accept(event, suppressed);
            }
        }
    }
}
