package io.fairlead.admin;

import io.fairlead.stats.Latency;
import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.ProcessStats;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Renders all that is known at one moment as the JSON of {@code GET /api/v1/status}. Units are in the names. What is not
 * known, such as a percentile of nothing, is null, never a number that could be taken for one.
 */
final class StatusDocument {
    private final Instant at;
    private final StatsSnapshot stats;
    private final ProcessStats process;

    StatusDocument(Instant at, StatsSnapshot stats, ProcessStats process) {
        this.at = at;
        this.stats = stats;
        this.process = process;
    }

    /** The whole document. Control context only. */
    JsonObject render(Program program) {
        PoolDocument pools = new PoolDocument(at, stats);
        Readiness readiness = Readiness.of(program);
        return new JsonObject()
                .put("at", time(at))
                .put("version", program.version())
                .put("uptime_seconds", rounded(seconds(Duration.between(program.startedAt(), at))))
                .put("ready", readiness.isReady())
                .put("draining", readiness.draining())
                .put("requests_per_second", rounded(stats.incoming().requests().perSecond()))
                .put("latency_ms", latency(stats.latency()))
                .put("config", config(program.config()))
                .put("last_event", program.events().lastId())
                .put("listeners", listeners(program.listeners()))
                .put(
                        "pools",
                        new JsonArray(
                                program.pools().stream().map(pools::render).toList()))
                .put("process", process());
    }

    private static JsonObject config(LoadedConfig config) {
        return new JsonObject()
                .put("file", config.file())
                .put("hash", config.hash())
                .put("loaded_at", time(config.loadedAt()))
                .put(
                        "last_reload",
                        config.lastReload().map(StatusDocument::reload).orElse(null));
    }

    private static JsonObject reload(LoadedConfig.Reload reload) {
        return new JsonObject()
                .put("at", time(reload.at()))
                .put("ok", reload.ok())
                .put("message", reload.message());
    }

    private JsonArray listeners(List<BoundListener> listeners) {
        JsonArray all = new JsonArray();
        for (BoundListener listener : listeners) {
            ListenerStats known = stats.listener(listener.name());
            all.add(new JsonObject()
                    .put("name", listener.name())
                    .put("address", listener.address().toString())
                    .put("connections", known.connections())
                    .put("connections_total", known.connectionsTotal())
                    .put("requests_total", known.requests().total())
                    .put("requests_per_second", rounded(known.requests().perSecond())));
        }
        return all;
    }

    private JsonObject process() {
        return new JsonObject()
                .put("heap_bytes", process.heapBytes())
                .put("direct_bytes", process.directBytes())
                .put("gc_pause_p99_ms", rounded(process.gcPauseP99Millis()))
                .put("event_loop_lag_p99_ms", rounded(process.eventLoopLagP99Millis()));
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

    /** To a thousandth, enough for whoever reads it. */
    static double rounded(double value) {
        return Math.rint(value * 1000) / 1000;
    }

    /** To the millisecond, in UTC. */
    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
