package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.latency;
import static io.fairlead.admin.document.Figures.rounded;
import static io.fairlead.admin.document.Figures.time;

import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.admin.program.Readiness;
import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.ProcessStats;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Renders all that is known at one moment as the JSON of {@code GET /api/v1/status}. Units are in the names. What is not
 * known, such as a percentile of nothing, is null, never a number that could be taken for one.
 */
public final class StatusDocument {
    private final Instant at;
    private final StatsSnapshot stats;
    private final ProcessStats process;

    /** Of this moment. */
    public StatusDocument(Instant at, StatsSnapshot stats, ProcessStats process) {
        this.at = at;
        this.stats = stats;
        this.process = process;
    }

    /** The whole document. Control context only. */
    public JsonObject render(Program program) {
        PoolDocument pools = new PoolDocument(at, stats);
        List<Drift> drift = Drift.of(program);
        return top(program)
                .put("alerts", Alerts.of(program, drift))
                .put("config", config(program.config(), drift))
                .put("last_event", program.events().lastId())
                .put("listeners", listeners(program.listeners()))
                .put(
                        "pools",
                        new JsonArray(
                                program.pools().stream().map(pools::render).toList()))
                .put("process", process());
    }

    private JsonObject top(Program program) {
        Readiness readiness = Readiness.of(program);
        ListenerStats incoming = stats.incoming();
        return new JsonObject()
                .put("at", time(at))
                .put("version", program.version())
                .put("uptime_seconds", rounded(seconds(Duration.between(program.startedAt(), at))))
                .put("ready", readiness.isReady())
                .put("draining", readiness.draining())
                .put("requests_per_second", rounded(incoming.requests().perSecond()))
                .put("requests_per_second_1m", rounded(incoming.requests().perSecondInWindow()))
                .put("latency_ms", latency(stats.latency()));
    }

    private static JsonObject config(LoadedConfig config, List<Drift> drift) {
        return new JsonObject()
                .put("file", config.file())
                .put("hash", config.hash())
                .put("loaded_at", time(config.loadedAt()))
                .put("drift", new JsonArray(drift.stream().map(Drift::toString).toList()))
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
                    .put("requests_per_second", rounded(known.requests().perSecond()))
                    .put("requests_per_second_1m", rounded(known.requests().perSecondInWindow())));
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

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
