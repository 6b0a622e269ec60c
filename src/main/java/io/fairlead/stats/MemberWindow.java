package io.fairlead.stats;

import io.fairlead.member.Member;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What the sampler holds of one member: its last minute, merged over the event loops. Control context only. */
final class MemberWindow {
    private final RequestWindow requests = new RequestWindow();
    private final HistogramWindow total = new HistogramWindow();
    private final HistogramWindow firstByte = new HistogramWindow();

    /** Takes what the loops recorded since the last sample. */
    MemberStats sample(Span span, Member member, List<LoopStats> loops) {
        MemberCounts counts = MemberCounts.NONE;
        Histogram totals = new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
        Histogram firstBytes = new Histogram(LatencyRecorder.SIGNIFICANT_DIGITS);
        for (LoopStats loop : loops) {
            MemberRecorder recorder = loop.recorded(member);
            if (recorder != null) {
                counts = counts.plus(recorder.counts());
                recorder.collectInto(totals, firstBytes);
            }
        }
        total.add(span, totals);
        firstByte.add(span, firstBytes);
        return new MemberStats(
                counts, requests.sample(span, counts.requests()), total.latency(span), firstByte.latency(span));
    }

    /** Adds the total times that were taken at or after this time of the ticker. */
    void addRecentTo(Histogram target, long from) {
        total.addRecentTo(target, from);
    }

    /** Adds the total times of the last minute. */
    void addTo(Histogram target) {
        total.addTo(target);
    }
}
