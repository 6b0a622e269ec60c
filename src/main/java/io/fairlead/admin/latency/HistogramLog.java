package io.fairlead.admin.latency;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * A histogram log (format 1.3), as the tools of HdrHistogram read it: one line for each interval that was kept, with all that was
 * recorded in it. Any thread.
 */
final class HistogramLog {
    /** Its media type. */
    static final String TYPE = "text/plain; charset=utf-8";

    private static final double MICROS_PER_MILLI = 1000;
    private static final double MILLI = 1000;

    private HistogramLog() {}

    /**
     * One of its lines.
     *
     * @param from where it begins
     * @param length of its time
     * @param latencies in microseconds, decoded at each call
     */
    record Line(Instant from, Duration length, Supplier<Histogram> latencies) {}

    /**
     * The log of these lines, the oldest first.
     *
     * @param whose to be told in a comment
     */
    static String of(String whose, List<Line> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter log = new HistogramLogWriter(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        log.outputComment("[Latencies of " + whose.replaceAll("\\p{Cntrl}", " ") + ", as seen by Fairlead]");
        log.outputComment("[Values are in microseconds; Interval_Max is in milliseconds]");
        log.outputLogFormatVersion();
        if (!lines.isEmpty()) {
            log.outputStartTime(lines.get(0).from().toEpochMilli());
        }
        log.outputLegend();
        for (Line line : lines) {
            double from = line.from().toEpochMilli() / MILLI;
            log.outputIntervalHistogram(
                    from,
                    from + line.length().toMillis() / MILLI,
                    line.latencies().get(),
                    MICROS_PER_MILLI);
        }
        log.close();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** A name for the file, of letters that no file system and no header minds. */
    static String fileName(String pool, String member) {
        return (pool + "-" + member).replaceAll("[^A-Za-z0-9._-]", "_") + ".hlog";
    }
}
