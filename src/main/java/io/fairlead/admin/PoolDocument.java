package io.fairlead.admin;

import static io.fairlead.admin.StatusDocument.latency;
import static io.fairlead.admin.StatusDocument.rounded;
import static io.fairlead.admin.StatusDocument.time;

import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.settings.Kebab;
import io.fairlead.stats.MemberCounts;
import io.fairlead.stats.MemberStats;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Renders a pool and its members as JSON, at one moment. Control context only. */
final class PoolDocument {
    private final Instant at;
    private final StatsSnapshot stats;

    PoolDocument(Instant at, StatsSnapshot stats) {
        this.at = at;
        this.stats = stats;
    }

    JsonObject render(Pool pool) {
        PoolStats known = stats.pool(pool.name());
        List<MemberStatus> members = pool.status();
        ToLongFunction<MemberStatus> measure = measureOfShares(members);
        long whole = members.stream().mapToLong(measure).sum();
        JsonArray rendered = new JsonArray();
        for (MemberStatus member : members) {
            double share = whole > 0 ? measure.applyAsLong(member) / (double) whole : 0;
            rendered.add(member(member, rounded(share)));
        }
        return new JsonObject()
                .put("name", pool.name())
                .put("strategy", pool.settings().strategy().name())
                .put("can_serve", pool.canServe())
                .put("fail_open", pool.isFailOpen())
                .put("queue", pool.queued())
                .put("tiers", tiers(members))
                .put("max_connections", pool.settings().maxConnections())
                .put("max_queue", pool.settings().maxQueue())
                .put("min_available", pool.settings().minAvailable().fraction())
                .put("requests_total", known.requests().total())
                .put("requests_per_second", rounded(known.requests().perSecond()))
                .put("retries_total", known.retries())
                .put("refused", new JsonObject(new TreeMap<>(known.refused())))
                .put("latency_ms", latency(known.latency()))
                .put("members", rendered);
    }

    /**
     * A member's share is its part of the requests that the pool's members got in the last minute; when that was none, of
     * all since the start, so that a pool at rest still shows how its traffic was spread.
     */
    private ToLongFunction<MemberStatus> measureOfShares(List<MemberStatus> members) {
        ToLongFunction<MemberStatus> recent = status -> of(status).requests().inWindow();
        boolean any = members.stream().anyMatch(status -> recent.applyAsLong(status) > 0);
        return any ? recent : status -> of(status).requests().total();
    }

    /**
     * What each tier gets of the requests, the best first, as the weights have it; 0 where a tier is on standby or cannot
     * serve.
     */
    private static JsonArray tiers(List<MemberStatus> members) {
        SortedMap<Integer, Double> weights = new TreeMap<>();
        members.forEach(member -> weights.merge(member.tier(), member.effectiveWeight(), Double::sum));
        double whole =
                weights.values().stream().mapToDouble(Double::doubleValue).sum();
        JsonArray tiers = new JsonArray();
        weights.forEach((tier, weight) ->
                tiers.add(new JsonObject().put("tier", tier).put("share", whole > 0 ? rounded(weight / whole) : 0.0)));
        return tiers;
    }

    private MemberStats of(MemberStatus status) {
        return stats.member(status.member());
    }

    private JsonObject member(MemberStatus status, double share) {
        MemberStats known = of(status);
        MemberCounts counts = known.counts();
        return standing(status)
                .put("in_flight", status.member().inFlight())
                .put("waiting", status.member().waiting())
                .put("requests_total", counts.requests())
                .put("requests_per_second", rounded(known.requests().perSecond()))
                .put("share", share)
                .put("responses", responses(counts.responses()))
                .put("errors", errors(counts.errors()))
                .put("abandoned", counts.abandoned())
                .put("retries_from", counts.retriesFrom())
                .put("ejections", status.ejections())
                .put("sent_bytes", counts.bytes().sent())
                .put("received_bytes", counts.bytes().received())
                .put("latency_ms", latency(known.latency()))
                .put("first_byte_ms", latency(known.firstByte()))
                .put("probe", status.lastProbe().map(this::probe).orElse(null));
    }

    private static JsonObject standing(MemberStatus status) {
        return new JsonObject()
                .put("id", status.member().id())
                .put("address", status.member().address().toString())
                .put("health", Kebab.of(status.health().state()))
                .put("admin", Kebab.of(status.admin()))
                .put("since", time(status.health().since()))
                .put("reason", status.health().reason())
                .put("weight", status.weight())
                .put("effective_weight", rounded(status.effectiveWeight()))
                .put("slow_start", status.slowStart())
                .put("tier", status.tier());
    }

    private static JsonObject responses(MemberCounts.Responses responses) {
        return new JsonObject()
                .put("1xx", responses.informational())
                .put("2xx", responses.success())
                .put("3xx", responses.redirection())
                .put("4xx", responses.clientError())
                .put("5xx", responses.serverError());
    }

    private static JsonObject errors(MemberCounts.Errors errors) {
        return new JsonObject()
                .put("connect", errors.connect())
                .put("reset", errors.reset())
                .put("timeout", errors.timeout());
    }

    private JsonObject probe(ProbeReport report) {
        double took = report.took().toNanos() / 1e6;
        JsonObject probe = new JsonObject();
        if (report.result() instanceof ProbeResult.Failed failed) {
            probe.put("result", "failed")
                    .put("reason", Kebab.of(failed.reason()))
                    .put("detail", failed.detail());
        } else {
            probe.put("result", "passed").put("detail", report.inWords());
        }
        return probe.put("at", time(report.at()))
                .put("took_ms", rounded(took))
                .put(
                        "next_in_ms",
                        Math.max(0, Duration.between(at, report.next()).toMillis()));
    }
}
