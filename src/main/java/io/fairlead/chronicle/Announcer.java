package io.fairlead.chronicle;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log what becomes of pools and their members: one line for each event, with its cause. That the program starts and
 * stops its commands say themselves. Control context only.
 */
final class Announcer implements Consumer<Event> {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    @Override
    public void accept(Event event) {
        if (event.kind() == EventKind.START || event.kind() == EventKind.STOP) {
            return;
        }
        String to = event.change().to();
        boolean bad = (event.kind() == EventKind.FAIL_OPEN && to.equals("fail-open"))
                || (event.kind() == EventKind.RELOAD && !to.equals("taken"));
        if (bad) {
            LOG.warn("{}", event.message());
        } else {
            LOG.info("{}", event.message());
        }
    }
}
