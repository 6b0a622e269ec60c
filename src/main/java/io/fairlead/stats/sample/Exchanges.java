package io.fairlead.stats.sample;

import io.fairlead.stats.Buckets;
import io.fairlead.stats.Latency;
import io.fairlead.stats.Requests;
import io.fairlead.stats.StatusCounts;
import java.util.Collection;
import org.HdrHistogram.Histogram;

/** What the sampler holds of exchanges that belong together: of one route, of one listener, of all. Control context only. */
final class Exchanges {
    private final RequestWindow ended = new RequestWindow();
    private final RequestWindow errors = new RequestWindow();
    private final HistogramWindow latency = new HistogramWindow();
    private Buckets buckets = Buckets.NONE;

    /** As of the last sample. */
    record Sample(StatusCounts codes, Requests ended, Requests errors, Latency latency, Buckets buckets) {}

    /** Takes what was recorded since the last sample. */
    Sample sample(Span span, Scratch scratch, Collection<Tally> tallies) {
        StatusCounts codes = StatusCounts.NONE;
        Histogram interval = scratch.empty();
        for (Tally tally : tallies) {
            codes = codes.plus(tally.codes());
            tally.addLatenciesTo(interval);
        }
        latency.add(span, interval);
        buckets = buckets.plus(interval);
        return new Sample(
                codes,
                ended.sample(span, codes.total()),
                errors.sample(span, codes.responses().serverError()),
                latency.latency(span),
                buckets);
    }
}
