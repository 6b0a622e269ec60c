package io.fairlead.admin.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A change that has a body says that it is JSON. A form, or a script of another site, cannot say so without asking first, and
 * nobody answers that question here.
 */
final class JsonOnly implements Handler<RoutingContext> {
    private static final String JSON = "application/json";

    @Override
    public void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        if (hasBody(request) && !isJson(request.getHeader("content-type"))) {
            exchange.response().putHeader("accept", JSON);
            new Problem(415, "the body has to come with \"Content-Type: " + JSON + "\"").answer(exchange);
        } else {
            exchange.next();
        }
    }

    private static boolean hasBody(HttpServerRequest request) {
        String length = request.getHeader("content-length");
        return request.headers().contains("transfer-encoding") || (length != null && !length.equals("0"));
    }

    private static boolean isJson(@Nullable String type) {
        return type != null
                && type.replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT).equals(JSON);
    }
}
