package io.fairlead.admin.http;

import io.fairlead.admin.program.Refusal;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Objects;

/**
 * An error as RFC 9457 wants it told, without a type of its own: the status says what kind it is.
 *
 * @param status of HTTP
 * @param detail what was wrong with this request, for people
 * @param errors all that is wrong where that can be several things, one text each; else empty
 */
public record Problem(int status, String detail, List<String> errors) {
    public Problem {
        errors = List.copyOf(errors);
    }

    /** One thing that is wrong. */
    public Problem(int status, String detail) {
        this(status, detail, List.of());
    }

    /** Ends the exchange with it. */
    public void answer(RoutingContext exchange) {
        HttpServerResponse response = exchange.response().setStatusCode(status);
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", response.getStatusMessage())
                .put("status", status)
                .put("detail", detail);
        if (!errors.isEmpty()) {
            body.put("errors", new JsonArray(errors));
        }
        response.putHeader("content-type", "application/problem+json").end(body.toBuffer());
    }

    /**
     * Ends the exchange with what made a change fail: 422 if the file is refused, 409 if it does not go with what is so now, and
     * else an error of Fairlead's own.
     */
    public static void answer(RoutingContext exchange, Throwable cause) {
        if (cause instanceof Refusal refusal) {
            int count = refusal.problems().size();
            String detail =
                    "the configuration is refused, " + (count == 1 ? "it has an error" : "it has " + count + " errors");
            new Problem(422, detail, refusal.problems()).answer(exchange);
        } else if (cause instanceof IllegalStateException) {
            new Problem(409, Objects.requireNonNullElse(cause.getMessage(), "not possible now")).answer(exchange);
        } else {
            exchange.fail(cause);
        }
    }
}
