package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.rounded;
import static io.fairlead.admin.document.Figures.time;

import io.fairlead.admin.program.MemberPath;
import io.fairlead.health.Health;
import io.fairlead.health.HistoryEntry;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.pool.MemberStatus;
import io.fairlead.settings.Kebab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/** Renders what is known of one member's health, and how it came to be so. Control context only. */
public final class HealthDocument {
    private HealthDocument() {}

    /** How the member stands, the rules that it is judged by, and all that is remembered, the newest first. */
    public static JsonObject render(MemberPath path, Instant now) {
        JsonArray entries = new JsonArray();
        path.history().newestFirst().forEach(entry -> entries.add(entry(entry)));
        return standing(path, now)
                .put("rules", HealthRules.of(path.pool().settings()))
                .put("entries", entries);
    }

    /** What a probe that was asked for has found, and what that comes to. */
    public static JsonObject checked(MemberPath path, Health health, Instant now) {
        JsonObject checked = standing(path, now).put("verdict", Verdicts.of(path, health));
        path.lastProbe().ifPresent(probe -> checked.put("entry", entry(probe)));
        return checked;
    }

    private static JsonObject standing(MemberPath path, Instant now) {
        MemberStatus status = path.status();
        return new JsonObject()
                .put("at", time(now))
                .put("pool", path.pool().name())
                .put("member", path.member().id())
                .put("address", path.member().address().toString())
                .put("serves", path.pool().serves(path.member()))
                .put("health", Kebab.of(status.health().state()))
                .put("admin", Kebab.of(status.admin()))
                .put("since", time(status.health().since()))
                .put("source", Kebab.of(status.health().source()))
                .put("reason", status.health().reason());
    }

    private static JsonObject entry(HistoryEntry entry) {
        JsonObject json = new JsonObject().put("at", time(entry.at()));
        if (entry instanceof Transition transition) {
            return json.put("kind", transition.isRemark() ? "remark" : "transition")
                    .put("source", Kebab.of(transition.source()))
                    .put("result", transition.to())
                    .put("from", transition.from())
                    .put("reason", transition.reason());
        }
        ProbeReport probe = (ProbeReport) entry;
        json.put("kind", "probe").put("source", Kebab.of(Source.ACTIVE));
        if (probe.result() instanceof ProbeResult.Failed failed) {
            json.put("result", "failed").put("reason", Kebab.of(failed.reason()));
        } else {
            json.put("result", "passed");
        }
        return json.put("detail", probe.inWords())
                .put("took_ms", rounded(probe.took().toNanos() / 1e6))
                .put("count", probe.count())
                .put(
                        "next_probe_in_ms",
                        Duration.between(probe.at(), probe.next()).toMillis());
    }
}
