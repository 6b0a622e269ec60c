package io.fairlead;

import io.fairlead.admin.Program;
import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.events.PoolEvents;
import io.fairlead.pool.PoolListener;
import java.time.InstantSource;
import java.util.stream.Collectors;

/** Where events come from and who is told of them: the log first, then whoever reads the list. Control context only. */
final class Chronicle {
    private final EventLog events = new EventLog(InstantSource.system());
    private final PoolListener pools = new PoolEvents(events);

    Chronicle() {
        events.onEvent(new Announcer());
    }

    /** What pools are to report to. */
    PoolListener pools() {
        return pools;
    }

    EventLog events() {
        return events;
    }

    /** The program serves. */
    void started(Program program) {
        String listeners = program.listeners().stream()
                .map(listener -> listener.address().toString())
                .collect(Collectors.joining(", "));
        String words = "fairlead " + program.version() + " has started with "
                + program.config().file() + " and listens on " + listeners;
        events.add(EventKind.START, Event.Subject.PROGRAM, Event.Change.because(words), words);
    }

    /** The program was told to stop. */
    void stopping() {
        String words = "stopping: requests in flight may finish";
        events.add(EventKind.STOP, Event.Subject.PROGRAM, Event.Change.because(words), words);
    }
}
