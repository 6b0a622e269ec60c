package io.fairlead.admin.document;

import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.pool.Drift;
import io.fairlead.pool.Pool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the operator should know before anything else, in words that are ready to be shown. Control context only. */
final class Alerts {
    private final JsonArray all = new JsonArray();

    private Alerts() {}

    /** Problems first: pools that fail open, a configuration that was refused; then what differs from the file by order. */
    static JsonArray of(Program program, List<Drift> drift) {
        Alerts alerts = new Alerts();
        program.pools().stream().filter(Pool::isFailOpen).forEach(alerts::failsOpen);
        program.config().lastReload().filter(reload -> !reload.ok()).ifPresent(alerts::refused);
        drift.forEach(one -> alerts.add("notice", one.pool(), one.member(), one + ", by order and not in the file"));
        return alerts.all;
    }

    private void failsOpen(Pool pool) {
        add(
                "problem",
                pool.name(),
                null,
                "pool " + pool.name() + " fails open: fewer than "
                        + pool.settings().minAvailable() + " of its members are up, so all are used, healthy or not");
    }

    private void refused(LoadedConfig.Reload reload) {
        add(
                "problem",
                null,
                null,
                "the changed configuration was refused, the one before is in force: " + reload.message());
    }

    private void add(String level, @Nullable String pool, @Nullable String member, String text) {
        all.add(new JsonObject()
                .put("level", level)
                .put("pool", pool)
                .put("member", member)
                .put("text", text));
    }
}
