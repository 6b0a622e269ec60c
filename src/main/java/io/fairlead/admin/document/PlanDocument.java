package io.fairlead.admin.document;

import io.fairlead.admin.program.Plan;
import io.fairlead.settings.Kebab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;

/** Renders what a reload changes as JSON. Any thread. */
public final class PlanDocument {
    private PlanDocument() {}

    /** @param applied whether it was done, or only thought out */
    public static JsonObject render(Plan plan, boolean applied) {
        return new JsonObject()
                .put("file", plan.file())
                .put("hash", plan.hash())
                .put("applied", applied)
                .put("same", plan.changesNothing())
                .put("changes", all(plan.changes(), PlanDocument::change))
                .put("listeners", all(plan.listeners(), PlanDocument::listener))
                .put("pools", all(plan.pools(), PlanDocument::pool))
                .put("drift", all(plan.drift(), PlanDocument::drift))
                .put("warnings", new JsonArray(plan.warnings()));
    }

    private static <T> JsonArray all(List<T> parts, Function<T, JsonObject> document) {
        return new JsonArray(parts.stream().map(document).toList());
    }

    private static JsonObject change(Plan.Change change) {
        return new JsonObject()
                .put("change", Kebab.of(change.step()))
                .put("path", change.path())
                .put("from", change.from())
                .put("to", change.to());
    }

    private static JsonObject listener(Plan.ListenerStep listener) {
        return new JsonObject()
                .put("name", listener.name())
                .put("address", listener.address())
                .put("step", Kebab.of(listener.step()))
                .put("connections", listener.connections());
    }

    private static JsonObject pool(Plan.PoolStep pool) {
        JsonObject json = new JsonObject()
                .put("name", pool.name())
                .put("step", Kebab.of(pool.step()))
                .put("added", new JsonArray(pool.added()))
                .put("removed", new JsonArray(pool.removed()))
                .put("changed", new JsonArray(pool.changed()))
                .put("in_flight", pool.inFlight())
                .putNull("moved_keys");
        pool.movedKeys().ifPresent(share -> json.put("moved_keys", Figures.rounded(share)));
        return json;
    }

    private static JsonObject drift(Plan.DriftStep drift) {
        return new JsonObject()
                .put("pool", drift.pool())
                .put("member", drift.member())
                .put("words", drift.words())
                .put("kept", drift.kept());
    }
}
