package io.fairlead.admin;

import io.fairlead.admin.program.Program;
import io.fairlead.admin.program.Readiness;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.util.function.Supplier;

/**
 * What an orchestrator asks. Alive: the control context answers. Ready: see {@link Readiness}. Every check is answered from
 * memory at once, so the library's time-out never strikes. The ids are fixed words: the library would take one with a slash for a path.
 */
final class HealthEndpoints {
    private HealthEndpoints() {}

    /** For {@code /livez}: to be asked is to answer. */
    static HealthCheckHandler live(Vertx vertx) {
        HealthChecks checks = HealthChecks.create(vertx);
        register(checks, "control-context", Status::OK);
        return HealthCheckHandler.createWithHealthChecks(checks);
    }

    /** For {@code /readyz}. */
    static HealthCheckHandler ready(Vertx vertx, Program program) {
        HealthChecks checks = HealthChecks.create(vertx);
        register(checks, "listening", () -> new Status().setOk(program.isListening()));
        register(checks, "not-draining", () -> new Status().setOk(!program.isDraining()));
        register(checks, "pools", () -> pools(program));
        return HealthCheckHandler.createWithHealthChecks(checks);
    }

    private static Status pools(Program program) {
        Readiness readiness = Readiness.of(program);
        JsonObject each = new JsonObject();
        for (String name : program.routedPools()) {
            each.put(name, readiness.idlePools().contains(name) ? "no member available" : "can serve");
        }
        return new Status().setOk(readiness.idlePools().isEmpty()).setData(each);
    }

    private static void register(HealthChecks checks, String id, Supplier<Status> check) {
        checks.register(id, promise -> promise.complete(check.get()));
    }
}
