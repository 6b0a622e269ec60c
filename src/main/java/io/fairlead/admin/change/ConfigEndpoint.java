package io.fairlead.admin.change;

import io.fairlead.admin.document.ConfigDocument;
import io.fairlead.admin.document.PlanDocument;
import io.fairlead.admin.http.Answers;
import io.fairlead.admin.http.Audit;
import io.fairlead.admin.http.Problem;
import io.fairlead.admin.http.Query;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Program;
import io.fairlead.admin.program.Trial;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code /api/v1/config}: what is in force, what a reload would change, and the reload itself, confirmed or gone back on.
 *
 * <p>Control context only.
 */
public final class ConfigEndpoint {
    private static final String JSON = "application/json";
    private static final String TOML = "application/toml";

    private final Program program;
    private final Runnable changed;

    /** @param changed called after each change, before it is answered */
    public ConfigEndpoint(Program program, Runnable changed) {
        this.program = program;
        this.changed = changed;
    }

    /** The entity tag of what is in force, orders of the operator included, with its quotes. */
    public static String tag(Program program) {
        return "\"" + program.config().hash() + "-" + program.control().revision() + "\"";
    }

    /** What is in force: as a document, or only its file for whoever would rather have TOML. */
    public void show(RoutingContext exchange) {
        exchange.response().putHeader("etag", tag(program)).putHeader("vary", "accept");
        if (Answers.preferred(exchange, JSON, TOML).equals(TOML)) {
            exchange.response()
                    .putHeader("content-type", TOML)
                    .end(program.control().effectiveToml());
        } else {
            Answers.json(exchange, ConfigDocument.whole(program));
        }
    }

    /** What a reload would change now. */
    public void plan(RoutingContext exchange) {
        if (hasNoQuery(exchange)) {
            answer(exchange, program.control().plan(), false);
        }
    }

    /** Takes the file. */
    public void reload(RoutingContext exchange) {
        Optional<Trial> trial;
        try {
            trial = Trials.parse(Query.of(exchange, Trials.CONFIRM, Trials.ROLLBACK_IF));
        } catch (IllegalArgumentException e) {
            new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
            return;
        }
        trial.ifPresent(given -> Audit.order(exchange, Trials.inWords(given)));
        answer(exchange, program.control().reload(trial, by(exchange)), true);
    }

    /** What is on trial stays. */
    public void confirm(RoutingContext exchange) {
        if (hasNoQuery(exchange)) {
            program.control()
                    .confirm(by(exchange))
                    .onComplete(
                            confirmed -> {
                                changed.run();
                                Answers.json(exchange, ConfigDocument.whole(program));
                            },
                            cause -> failed(exchange, cause));
        }
    }

    /** What is on trial goes back. */
    public void rollBack(RoutingContext exchange) {
        if (hasNoQuery(exchange)) {
            answer(exchange, program.control().rollBack(by(exchange)), true);
        }
    }

    private static boolean hasNoQuery(RoutingContext exchange) {
        try {
            Query.of(exchange);
            return true;
        } catch (IllegalArgumentException e) {
            new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
            return false;
        }
    }

    private static String by(RoutingContext exchange) {
        return "the API, " + exchange.request().connection().remoteAddress().hostAddress();
    }

    private void answer(RoutingContext exchange, Future<Plan> future, boolean applied) {
        future.onComplete(
                plan -> {
                    if (applied) {
                        changed.run();
                    }
                    Answers.json(exchange, PlanDocument.render(plan, applied));
                },
                cause -> failed(exchange, cause));
    }

    private void failed(RoutingContext exchange, Throwable cause) {
        changed.run(); // that a reload was refused is to be seen, too
        Problem.answer(exchange, cause);
    }
}
