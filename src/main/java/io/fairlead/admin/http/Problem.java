package io.fairlead.admin.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An error as RFC 9457 wants it told, without a type of its own: the status says what kind it is.
 *
 * @param status of HTTP
 * @param detail what was wrong with this request, for people
 */
public record Problem(int status, String detail) {
    /** Ends the exchange with it. */
    public void answer(RoutingContext exchange) {
        HttpServerResponse response = exchange.response().setStatusCode(status);
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", response.getStatusMessage())
                .put("status", status)
                .put("detail", detail);
        response.putHeader("content-type", "application/problem+json").end(body.toBuffer());
    }
}
