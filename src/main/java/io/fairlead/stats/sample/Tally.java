package io.fairlead.stats.sample;

import io.fairlead.stats.Histograms;
import io.fairlead.stats.StatusCounts;
import io.fairlead.stats.record.RouteRecorder;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the event loops recorded of one route at one listener: statuses since the start, durations since the last sample. */
final class Tally {
    private final SortedMap<Integer, Long> statuses = new TreeMap<>();
    private @Nullable Histogram latencies;

    /** Takes what one loop recorded. */
    void take(RouteRecorder recorder, Scratch scratch) {
        recorder.addStatusesTo(statuses);
        Histogram interval = scratch.empty();
        recorder.latency().collectInto(interval, scratch.other());
        if (interval.getTotalCount() > 0) {
            if (latencies == null) {
                latencies = Histograms.empty();
            }
            latencies.add(interval);
        }
    }

    /** Takes the statuses alone. */
    void takeStatuses(RouteRecorder recorder) {
        recorder.addStatusesTo(statuses);
    }

    StatusCounts codes() {
        return new StatusCounts(statuses);
    }

    void addLatenciesTo(Histogram sum) {
        if (latencies != null) {
            sum.add(latencies);
        }
    }
}
