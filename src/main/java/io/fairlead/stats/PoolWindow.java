package io.fairlead.stats;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What the sampler holds of one pool, merged over the event loops. Control context only. */
final class PoolWindow {
    private final RequestWindow requests = new RequestWindow();

    /**
     * Takes what the loops recorded since the last sample.
     *
     * @param latencies of the pool's members together
     */
    PoolStats sample(Span span, String pool, List<LoopStats> loops, Histogram latencies) {
        long received = 0;
        long retries = 0;
        Map<String, Long> refused = new HashMap<>();
        for (LoopStats loop : loops) {
            PoolRecorder recorder = loop.recordedPool(pool);
            if (recorder != null) {
                received += recorder.requests();
                retries += recorder.retries();
                recorder.addRefusedTo(refused);
            }
        }
        return new PoolStats(
                requests.sample(span, received), retries, refused, HistogramWindow.latency(span, latencies));
    }
}
