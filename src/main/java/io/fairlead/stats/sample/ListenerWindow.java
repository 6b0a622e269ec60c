package io.fairlead.stats.sample;

import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.record.ListenerRecorder;
import java.util.Collection;
import java.util.List;

/** What the sampler holds of one listener, or of all together. Control context only. */
final class ListenerWindow {
    private final RequestWindow requests = new RequestWindow();
    private final Exchanges exchanges = new Exchanges();

    /** Takes what was recorded since the last sample: what the loops have, and what was tallied of their routes. */
    ListenerStats sample(Span span, Scratch scratch, List<ListenerRecorder> recorders, Collection<Tally> tallies) {
        long open = 0;
        long opened = 0;
        long received = 0;
        for (ListenerRecorder recorder : recorders) {
            // Closed before opened, so that a connection that comes and goes meanwhile never counts as less than none.
            open -= recorder.closed();
            long openedHere = recorder.opened();
            open += openedHere;
            opened += openedHere;
            received += recorder.requests();
        }
        Exchanges.Sample over = exchanges.sample(span, scratch, tallies);
        return new ListenerStats(
                open,
                opened,
                requests.sample(span, received),
                over.errors(),
                over.codes().responses(),
                over.latency());
    }
}
