package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.time;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.pool.Drift;
import io.fairlead.pool.Pool;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What the operator should know before anything else, in words that are ready to be shown. Control context only. */
final class Alerts {
    private final JsonArray all = new JsonArray();

    private Alerts() {}

    /**
     * Problems first: pools that fail open, a configuration that was refused; then one that is on trial, and what differs from the file
     * by order. The kind says which of these it is.
     */
    static JsonArray of(Program program, List<Drift> drift) {
        Alerts alerts = new Alerts();
        program.pools().stream().filter(Pool::isFailOpen).forEach(alerts::failsOpen);
        program.config().lastReload().filter(reload -> !reload.ok()).ifPresent(alerts::refused);
        program.control().onTrial().ifPresent(alerts::onTrial);
        drift.forEach(alerts::differs);
        return alerts.all;
    }

    private void failsOpen(Pool pool) {
        add(
                        "problem",
                        "fail-open",
                        "pool " + pool.name() + " fails open: fewer than "
                                + pool.settings().minAvailable()
                                + " of its members are up, so all are used, healthy or not")
                .put("pool", pool.name());
    }

    private void refused(LoadedConfig.Reload reload) {
        add("problem", "reload", "the last change of the configuration failed: " + reload.message());
    }

    private void onTrial(Control.OnTrial trial) {
        add("notice", "trial", "the configuration on trial goes back at " + time(trial.until()) + ": confirm it");
    }

    private void differs(Drift drift) {
        add("notice", "drift", drift + ", by order and not in the file")
                .put("pool", drift.pool())
                .put("member", drift.member());
    }

    private JsonObject add(String level, String kind, String text) {
        JsonObject alert = new JsonObject()
                .put("level", level)
                .put("kind", kind)
                .putNull("pool")
                .putNull("member")
                .put("text", text);
        all.add(alert);
        return alert;
    }
}
