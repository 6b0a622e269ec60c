package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.time;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.pool.Drift;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Renders the configuration in force: where it came from, what became of attempts to replace it, what differs. Control context only. */
public final class ConfigDocument {
    private ConfigDocument() {}

    /** All of it, the file's text included. */
    public static JsonObject whole(Program program) {
        List<Drift> drift =
                program.pools().stream().flatMap(pool -> pool.drift().stream()).toList();
        LoadedConfig.Reloads reloads = program.config().reloads();
        return brief(program)
                .put("reloads", new JsonObject().put("taken", reloads.taken()).put("refused", reloads.refused()))
                .put(
                        "drift",
                        new JsonArray(drift.stream().map(ConfigDocument::drift).toList()))
                .put("toml", program.control().effectiveToml());
    }

    /** What is told of it among other things. */
    static JsonObject brief(Program program) {
        LoadedConfig config = program.config();
        Control control = program.control();
        return new JsonObject()
                .put("file", config.file())
                .put("hash", config.hash())
                .put("revision", control.revision())
                .put("loaded_at", time(config.loadedAt()))
                .put(
                        "last_reload",
                        config.lastReload().map(ConfigDocument::reload).orElse(null))
                .put("on_trial", control.onTrial().map(ConfigDocument::onTrial).orElse(null));
    }

    private static JsonObject reload(LoadedConfig.Reload reload) {
        return new JsonObject()
                .put("at", time(reload.at()))
                .put("ok", reload.ok())
                .put("message", reload.message());
    }

    private static JsonObject onTrial(Control.OnTrial onTrial) {
        JsonObject json = new JsonObject()
                .put("until", time(onTrial.until()))
                .put("confirm_ms", onTrial.trial().confirmWithin().toMillis())
                .putNull("rollback_over")
                .put("errors_now", Figures.rounded(onTrial.errorsNow()));
        onTrial.trial().errorsOver().ifPresent(share -> json.put("rollback_over", share));
        return json;
    }

    private static JsonObject drift(Drift drift) {
        return new JsonObject()
                .put("pool", drift.pool())
                .put("member", drift.member())
                .put("words", drift.words());
    }
}
