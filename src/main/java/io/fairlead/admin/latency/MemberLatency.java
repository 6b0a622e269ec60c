package io.fairlead.admin.latency;

import static io.fairlead.admin.document.Figures.time;

import io.fairlead.admin.program.MemberPath;
import io.fairlead.stats.Histograms;
import io.fairlead.stats.Interval;
import io.fairlead.stats.Resolution;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * How long one member took over a window: as a document with the whole distribution, and as a histogram log. What it needs is
 * gathered on the control context; rendering is for any thread.
 *
 * @param path whose
 * @param at where the window ends
 * @param window how long it is
 * @param lines what was kept, the oldest first
 * @param firstByte the first bytes of the answers; empty where they are not kept for so long
 */
record MemberLatency(
        MemberPath path, Instant at, Duration window, List<HistogramLog.Line> lines, Optional<Histogram> firstByte) {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Gathers it: up to a minute by the second, up to an hour in intervals of ten seconds, else of minutes. Control context only. */
    static MemberLatency gather(MemberPath path, Instant at, Duration window, Stats stats) {
        if (window.compareTo(MINUTE) <= 0) {
            Histogram total = stats.latencies(path.member(), window);
            HistogramLog.Line line = new HistogramLog.Line(at.minus(window), window, () -> total);
            return new MemberLatency(
                    path, at, window, List.of(line), Optional.of(stats.firstBytes(path.member(), window)));
        }
        List<HistogramLog.Line> lines = stats.history(path.member(), window, Resolution.covering(window)).stream()
                .map(MemberLatency::line)
                .toList();
        return new MemberLatency(path, at, window, lines, Optional.empty());
    }

    private static HistogramLog.Line line(Interval interval) {
        return new HistogramLog.Line(interval.from(), interval.length(), interval::latencies);
    }

    /** The document. */
    JsonObject document() {
        Histogram total = Histograms.empty();
        lines.forEach(line -> total.add(line.latencies().get()));
        return new JsonObject()
                .put("pool", path.pool().name())
                .put("member", path.member().id())
                .put("at", time(at))
                .put("window_seconds", window.toSeconds())
                .mergeIn(Percentiles.table(total))
                .put("first_byte_ms", firstByte.map(Percentiles::table).orElse(null))
                .put("distribution", Percentiles.distribution(total));
    }

    /** The log. */
    String log() {
        return HistogramLog.of(path.member().toString(), lines);
    }
}
