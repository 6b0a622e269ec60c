package io.fairlead.stats;

import java.util.List;

/** What the sampler holds of one listener, merged over the event loops. Control context only. */
final class ListenerWindow {
    private final RequestWindow requests = new RequestWindow();

    /** Takes what the loops recorded since the last sample. */
    ListenerStats sample(Span span, String listener, List<LoopStats> loops) {
        long open = 0;
        long opened = 0;
        long received = 0;
        for (LoopStats loop : loops) {
            ListenerRecorder recorder = loop.recordedListener(listener);
            if (recorder != null) {
                // Closed before opened, so that a connection that comes and goes meanwhile never counts as less than
                // none.
                open -= recorder.closed();
                long openedHere = recorder.opened();
                open += openedHere;
                opened += openedHere;
                received += recorder.requests();
            }
        }
        return new ListenerStats(open, opened, requests.sample(span, received));
    }
}
