package io.fairlead.admin.document;

import io.fairlead.stats.Latency;
import io.fairlead.stats.MemberCounts;
import io.fairlead.stats.Requests;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Numbers and times as all documents show them. Any thread. */
public final class Figures {
    private Figures() {}

    /** To a thousandth, enough for whoever reads it. */
    public static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    /** A share, 0 to 1; null if there is nothing to have a share of. */
    public static @Nullable Double share(double part, double whole) {
        return whole > 0 ? rounded(part / whole) : null;
    }

    /** The share of requests of the last minute that were errors, to a millionth: one in ten thousand matters; null if there were none. */
    static @Nullable Double errorShare(Requests errors, Requests requests) {
        return requests.inWindow() > 0 ? Math.rint(1e6 * errors.inWindow() / requests.inWindow()) / 1e6 : null;
    }

    /** To the millisecond, in UTC. */
    public static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    /** A table of percentiles; without anything to take them of, each is null. */
    static JsonObject latency(Latency latency) {
        boolean known = latency.count() > 0;
        return new JsonObject()
                .put("window_seconds", rounded(latency.windowSeconds()))
                .put("count", latency.count())
                .put("p50", known ? latency.p50() : null)
                .put("p90", known ? latency.p90() : null)
                .put("p99", known ? latency.p99() : null)
                .put("p999", known ? latency.p999() : null)
                .put("max", known ? latency.max() : null);
    }

    static JsonObject responses(MemberCounts.Responses responses) {
        return new JsonObject()
                .put("1xx", responses.informational())
                .put("2xx", responses.success())
                .put("3xx", responses.redirection())
                .put("4xx", responses.clientError())
                .put("5xx", responses.serverError());
    }
}
