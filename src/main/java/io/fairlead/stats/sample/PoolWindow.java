package io.fairlead.stats.sample;

import io.fairlead.stats.Latency;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.QueueStats;
import io.fairlead.stats.Retry;
import io.fairlead.stats.record.LatencyRecorder;
import io.fairlead.stats.record.PoolRecorder;
import io.fairlead.stats.record.QueueRecorder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the sampler holds of one pool, merged over the event loops. Control context only. */
final class PoolWindow {
    private final RequestWindow requests = new RequestWindow();
    private final LatencyWindow waits = new LatencyWindow();

    /**
     * Takes what the loops recorded since the last sample.
     *
     * @param latency of the pool's members together
     */
    PoolStats sample(Span span, Scratch scratch, List<PoolRecorder> recorders, Latency latency) {
        long received = 0;
        long retries = 0;
        Map<Retry, Long> retriesBy = new HashMap<>();
        Map<String, Long> refused = new HashMap<>();
        for (PoolRecorder recorder : recorders) {
            received += recorder.requests();
            retries += recorder.retries();
            recorder.addRetriesTo(retriesBy);
            recorder.addRefusedTo(refused);
        }
        List<QueueRecorder> queues = recorders.stream().map(PoolRecorder::queue).toList();
        return new PoolStats(
                requests.sample(span, received), retries, retriesBy, refused, latency, queue(span, scratch, queues));
    }

    private QueueStats queue(Span span, Scratch scratch, List<QueueRecorder> recorders) {
        List<LatencyRecorder> durations =
                recorders.stream().map(QueueRecorder::waits).toList();
        waits.sample(span, scratch, durations);
        return new QueueStats(
                waits.latency(span),
                waits.buckets(),
                recorders.stream().mapToLong(QueueRecorder::served).sum(),
                recorders.stream().mapToLong(QueueRecorder::timedOut).sum(),
                recorders.stream().mapToLong(QueueRecorder::full).sum(),
                recorders.stream().mapToLong(QueueRecorder::left).sum());
    }
}
