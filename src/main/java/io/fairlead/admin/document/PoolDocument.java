package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.latency;
import static io.fairlead.admin.document.Figures.rounded;

import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.QueueStats;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Renders a pool and its members as JSON, at one moment. Control context only. */
final class PoolDocument {
    private final Instant at;
    private final StatsSnapshot stats;

    PoolDocument(Instant at, StatsSnapshot stats) {
        this.at = at;
        this.stats = stats;
    }

    /** Of a pool whose members stand like this. */
    JsonObject render(Pool pool, List<MemberStatus> members) {
        PoolStats known = stats.pool(pool.name());
        MemberDocument document = new MemberDocument(at, pool, PoolShares.of(stats, members));
        return limits(pool)
                .put("tiers", tiers(members))
                .put("requests_total", known.requests().total())
                .put("requests_per_second", rounded(known.requests().perSecond()))
                .put("requests_per_second_1m", rounded(known.requests().perSecondInWindow()))
                .put("retries_total", known.retries())
                .put("refused", new JsonObject(new TreeMap<>(known.refused())))
                .put("queue_wait_ms", latency(known.queue().waits()))
                .put("queue_outcomes", outcomes(known.queue()))
                .put("latency_ms", latency(known.latency()))
                .put(
                        "members",
                        new JsonArray(members.stream().map(document::render).toList()));
    }

    private static JsonObject outcomes(QueueStats queue) {
        return new JsonObject()
                .put("served", queue.served())
                .put("timed_out", queue.timedOut())
                .put("full", queue.full())
                .put("left", queue.left());
    }

    private static JsonObject limits(Pool pool) {
        return new JsonObject()
                .put("name", pool.name())
                .put("strategy", pool.settings().strategy().name())
                .put("can_serve", pool.canServe())
                .put("fail_open", pool.isFailOpen())
                .put("queue", pool.queued())
                .put("max_connections", pool.settings().maxConnections())
                .put("max_queue", pool.settings().maxQueue())
                .put("min_available", pool.settings().minAvailable().fraction());
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
}
