package io.fairlead.admin;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * An error as RFC 9457 wants it told, without a type of its own: the status says what kind it is.
 *
 * @param status of HTTP
 * @param detail what was wrong with this request, for people
 */
record Problem(int status, String detail) {
    /** Ends the exchange with it. */
    void answer(RoutingContext exchange) {
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
        exchange.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .end(body.toBuffer());
    }
}
