package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.latency;
import static io.fairlead.admin.document.Figures.responses;
import static io.fairlead.admin.document.Figures.rounded;
import static io.fairlead.admin.document.Figures.time;

import io.fairlead.health.HealthHistory;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.settings.Kebab;
import io.fairlead.stats.Connections;
import io.fairlead.stats.MemberCounts;
import io.fairlead.stats.MemberStats;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** Renders one member of a pool as JSON, at one moment. Control context only. */
final class MemberDocument {
    /** Probes whose results are shown. */
    private static final int PROBES = 60;

    private final Instant at;
    private final Pool pool;
    private final PoolShares shares;

    MemberDocument(Instant at, Pool pool, PoolShares shares) {
        this.at = at;
        this.pool = pool;
        this.shares = shares;
    }

    JsonObject render(MemberStatus status) {
        MemberStats known = shares.stats().member(status.member());
        JsonObject json = new JsonObject();
        standing(json, status);
        traffic(json, status, known);
        counts(json, known);
        return json.put("ejections", status.ejections())
                .put("latency_ms", latency(known.latency()))
                .put("first_byte_ms", latency(known.firstByte()))
                .put("probe", status.lastProbe().map(this::probe).orElse(null));
    }

    private void standing(JsonObject json, MemberStatus status) {
        HealthHistory history = pool.history(status.member());
        json.put("id", status.member().id())
                .put("address", status.member().address().toString())
                .put("health", Kebab.of(status.health().state()))
                .put("admin", Kebab.of(status.admin()))
                .put("since", time(status.health().since()))
                .put("source", Kebab.of(status.health().source()))
                .put("reason", status.health().reason())
                .put("weight", status.weight())
                .put("configured_weight", status.configuredWeight())
                .put("effective_weight", rounded(status.effectiveWeight()))
                .put("slow_start", status.slowStart())
                .put("tier", status.tier())
                .put("max_connections", pool.settings().maxConnections())
                .put("transitions_total", history.tally().transitions())
                .put("probes", history.results(PROBES));
    }

    private void traffic(JsonObject json, MemberStatus status, MemberStats known) {
        json.put("in_flight", status.member().inFlight())
                .put("waiting", status.member().waiting())
                .put("requests_total", known.counts().requests())
                .put("requests_per_second", rounded(known.requests().perSecond()))
                .put("requests_per_second_1m", rounded(known.requests().perSecondInWindow()))
                .put("error_share_1m", Figures.errorShare(known.errors(), known.requests()))
                .put("share", shares.shown(status))
                .put("share_1m", shares.ofLastMinute(status))
                .put("expected_share", shares.expected(status));
    }

    private static void counts(JsonObject json, MemberStats known) {
        MemberCounts counts = known.counts();
        json.put("responses", responses(counts.responses()))
                .put("errors", errors(counts.errors()))
                .put("abandoned", counts.abandoned())
                .put("retries_from", counts.retriesFrom())
                .put("retries_to", counts.retriesTo())
                .put("connections", connections(known.connections()))
                .put("sent_bytes", counts.bytes().sent())
                .put("received_bytes", counts.bytes().received());
    }

    private static JsonObject connections(Connections connections) {
        return new JsonObject().put("opened", connections.opened()).put("reused", connections.reused());
    }

    private static JsonObject errors(MemberCounts.Errors errors) {
        return new JsonObject()
                .put("connect", errors.connect())
                .put("reset", errors.reset())
                .put("timeout", errors.timeout());
    }

    private JsonObject probe(ProbeReport report) {
        JsonObject probe = new JsonObject();
        if (report.result() instanceof ProbeResult.Failed failed) {
            probe.put("result", "failed")
                    .put("reason", Kebab.of(failed.reason()))
                    .put("detail", failed.detail());
        } else {
            probe.put("result", "passed").put("detail", report.inWords());
        }
        return probe.put("at", time(report.at()))
                .put("took_ms", rounded(report.took().toNanos() / 1e6))
                .put(
                        "next_in_ms",
                        Math.max(0, Duration.between(at, report.next()).toMillis()));
    }
}
