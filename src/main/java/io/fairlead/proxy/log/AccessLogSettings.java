package io.fairlead.proxy.log;

import io.fairlead.settings.Default;
import io.fairlead.settings.Output;
import io.fairlead.settings.Range;
import io.fairlead.settings.StatusRange;
import java.time.Duration;
import java.util.List;

/**
 * A line for each request: {@code [access_log]}. Without the table there is no access log.
 *
 * @param path {@code "-"} for standard output, empty for none, else a file, which is appended to
 * @param format of the lines
 * @param minDuration only requests that took at least this long; zero: all
 * @param status only requests that were answered so; empty: all. A client that left before it was answered counts as 499
 */
public record AccessLogSettings(
        @Default("-") Output path,
        @Default("json") Format format,
        @Default("0s") Duration minDuration,
        @Default("") List<StatusRange> status) {

    /** How a line is written. */
    public enum Format {
        /** One JSON object, with every attempt. */
        JSON,
        /** As Apache's and nginx's of this name, with a few fields behind it. */
        COMBINED
    }

    public AccessLogSettings {
        Range.atLeast("min_duration", minDuration, Duration.ZERO);
        status = List.copyOf(status);
    }

    /** Whether such a request is to be logged. */
    boolean wants(int answered, long durationNanos) {
        if (durationNanos < minDuration.toNanos()) {
            return false;
        }
        return status.isEmpty() || status.stream().anyMatch(range -> range.contains(answered));
    }
}
