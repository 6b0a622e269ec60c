package io.fairlead.stats.sample;

import io.fairlead.member.Member;
import io.fairlead.stats.Connections;
import io.fairlead.stats.MemberCounts;
import io.fairlead.stats.MemberStats;
import io.fairlead.stats.StatusCounts;
import io.fairlead.stats.record.LatencyRecorder;
import io.fairlead.stats.record.MemberRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the sampler holds of one member: its last minute, merged over the event loops. Control context only. */
final class MemberWindow {
    private final Member member;
    private final List<MemberRecorder> recorders = new ArrayList<>(2);
    private final List<LatencyRecorder> totals = new ArrayList<>(2);
    private final List<LatencyRecorder> firstBytes = new ArrayList<>(2);
    private final RequestWindow requests = new RequestWindow();
    private final RequestWindow errors = new RequestWindow();
    private final LatencyWindow total = new LatencyWindow();
    private final LatencyWindow firstByte = new LatencyWindow();
    private MemberCounts counts = MemberCounts.NONE;
    private StatusCounts codes = StatusCounts.NONE;
    private Connections connections = Connections.NONE;
    private long failed;
    private boolean news;

    MemberWindow(Member member) {
        this.member = member;
    }

    Member member() {
        return member;
    }

    /** Something was recorded since the last sample. */
    void heardOf(MemberRecorder recorder) {
        if (!recorders.contains(recorder)) {
            recorders.add(recorder);
            totals.add(recorder.total());
            firstBytes.add(recorder.firstByte());
        }
        news = true;
    }

    /** Takes what the loops recorded since the last sample. */
    MemberStats sample(Span span, Scratch scratch) {
        if (news) {
            news = false;
            count();
        }
        total.sample(span, scratch, totals);
        firstByte.sample(span, scratch, firstBytes);
        return new MemberStats(
                counts,
                codes,
                requests.sample(span, counts.requests()),
                errors.sample(span, failed),
                total.latency(span),
                firstByte.latency(span),
                total.buckets(),
                connections);
    }

    private void count() {
        SortedMap<Integer, Long> statuses = new TreeMap<>();
        MemberCounts sum = MemberCounts.NONE;
        Connections used = Connections.NONE;
        long bad = 0;
        for (MemberRecorder recorder : recorders) {
            sum = sum.plus(recorder.counts(MemberCounts.Responses.NONE));
            used = used.plus(recorder.connections());
            bad += recorder.failed();
            recorder.addStatusesTo(statuses);
        }
        codes = new StatusCounts(statuses);
        counts = sum.with(codes.responses());
        connections = used;
        failed = bad;
    }

    /** Whether nothing would change if nothing happened: the last minute is empty, as it was a second ago. */
    boolean isAtRest() {
        return !news && requests.isEmpty() && errors.isEmpty() && total.isEmpty() && firstByte.isEmpty();
    }

    /** The total times of the last minute. */
    HistogramWindow totals() {
        return total.window();
    }

    /** The first bytes of the last minute. */
    HistogramWindow firstBytes() {
        return firstByte.window();
    }
}
