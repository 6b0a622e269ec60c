package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.rounded;
import static io.fairlead.admin.document.Figures.time;

import io.fairlead.admin.program.Program;
import io.fairlead.admin.program.Readiness;
import io.fairlead.pool.Drift;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.stats.ProcessStats;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
        IncomingDocument incoming = new IncomingDocument(stats);
        PoolDocument pools = new PoolDocument(at, stats);
        Map<Pool, List<MemberStatus>> members = new LinkedHashMap<>();
        program.pools().forEach(pool -> members.put(pool, pool.status()));
        List<Drift> drift =
                members.keySet().stream().flatMap(pool -> pool.drift().stream()).toList();
        return incoming.all(top(program))
                .put("alerts", Alerts.of(program, drift))
                .put(
                        "config",
                        ConfigDocument.brief(program)
                                .put(
                                        "drift",
                                        new JsonArray(drift.stream()
                                                .map(Drift::toString)
                                                .toList())))
                .put("last_event", program.events().lastId())
                .put("listeners", incoming.listeners(program))
                .put("routes", incoming.routes(program))
                .put(
                        "pools",
                        new JsonArray(members.entrySet().stream()
                                .map(each -> pools.render(each.getKey(), each.getValue()))
                                .toList()))
                .put("process", process());
    }

    private JsonObject top(Program program) {
        Readiness readiness = Readiness.of(program);
        return new JsonObject()
                .put("at", time(at))
                .put("version", program.version())
                .put("uptime_seconds", rounded(seconds(Duration.between(program.startedAt(), at))))
                .put("ready", readiness.isReady())
                .put("draining", readiness.draining());
    }

    private JsonObject process() {
        return new JsonObject()
                .put("heap_bytes", process.heapBytes())
                .put("heap_max_bytes", process.heapMaxBytes())
                .put("direct_bytes", process.directBytes())
                .put("gc_pause_p99_ms", rounded(process.gcPauseP99Millis()))
                .put("gc_pause_max_ms", rounded(process.gcPauseMaxMillis()))
                .put("event_loop_lag_p99_ms", rounded(process.eventLoopLagP99Millis()))
                .put("event_loop_lag_max_ms", rounded(process.eventLoopLagMaxMillis()));
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
