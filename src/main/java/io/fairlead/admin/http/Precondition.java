package io.fairlead.admin.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code If-Match} (RFC 9110, section 13.1.1): who says what the change was thought out for gets it only while that is so, and not
 * over the change of somebody else. It is the last thing before the change itself. Whatever is answered well has the
 * tag of what is so then. Control context only.
 */
final class Precondition implements Handler<RoutingContext> {
    private static final String TAG = "(W/)?\"[\\x21\\x23-\\x7e\\x80-\\xff]*\"";
    private static final Pattern TAGS = Pattern.compile(TAG + "(?:\\s*,\\s*" + TAG + ")*");
    private static final Pattern EACH = Pattern.compile(TAG);

    private final Supplier<String> tag;

    /** @param tag the present entity tag, with its quotes */
    Precondition(Supplier<String> tag) {
        this.tag = tag;
    }

    @Override
    public void handle(RoutingContext exchange) {
        HttpServerResponse response = exchange.response();
        exchange.addHeadersEndHandler(sent -> {
            if (response.getStatusCode() < 300) {
                response.putHeader("etag", tag.get());
            }
        });
        List<String> given = exchange.request().headers().getAll("if-match");
        String wanted = String.join(", ", given).strip();
        if (given.isEmpty() || wanted.equals("*")) {
            exchange.next();
        } else if (!TAGS.matcher(wanted).matches()) {
            new Problem(400, "If-Match: not understood (expected: an entity tag such as " + tag.get() + ", or *)")
                    .answer(exchange);
        } else if (isAmong(wanted, tag.get())) {
            exchange.next();
        } else {
            response.putHeader("etag", tag.get());
            new Problem(
                            412,
                            "something was changed meanwhile: the configuration's tag is " + tag.get()
                                    + " now, and If-Match asks for another; nothing was done")
                    .answer(exchange);
        }
    }

    /** Compared as RFC 9110 has it for this: a weak tag is like none. */
    private static boolean isAmong(String wanted, String present) {
        Matcher each = EACH.matcher(wanted);
        while (each.find()) {
            if (each.group().equals(present)) {
                return true;
            }
        }
        return false;
    }
}
