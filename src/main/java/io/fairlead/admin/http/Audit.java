package io.fairlead.admin.http;

import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line in the log {@code io.fairlead.audit} for each change that is tried, whatever becomes of it: what, by whom, on which
 * condition, with which outcome. What the request sent stands there only as far as it was understood, so that what was put into the wrong
 * place, such as a token, does not; it is short and moves no cursor. Control context only.
 */
public final class Audit implements Handler<RoutingContext> {
    /** What a line quotes of a request is cut after so many characters. */
    static final int LONGEST = 200;

    private static final Logger LOG = LoggerFactory.getLogger("io.fairlead.audit");
    private static final String BY = "fairlead.by";
    private static final String ORDER = "fairlead.order";

    @Override
    public void handle(RoutingContext exchange) {
        exchange.addEndHandler(ended -> LOG.info("{}", line(exchange, ended)));
        exchange.next();
    }

    /** By which right this may be done: {@code "loopback"}, {@code "token"}. */
    static void by(RoutingContext exchange, String right) {
        exchange.put(BY, right);
    }

    /** What is ordered, as it was understood, without secrets: {@code "weight 5"}. */
    public static void order(RoutingContext exchange, String words) {
        exchange.put(ORDER, words);
    }

    private static String line(RoutingContext exchange, AsyncResult<Void> ended) {
        HttpServerRequest request = exchange.request();
        String right = exchange.get(BY);
        return request.method() + " " + quotable(request.path())
                + " by " + request.connection().remoteAddress().hostAddress() + " ("
                + (right == null ? "no right to" : right) + ")"
                + part(", if-match ", request.getHeader("if-match"))
                + part(", ", exchange.get(ORDER))
                + ": " + (ended.succeeded() ? exchange.response().getStatusCode() : "the client left");
    }

    private static String part(String before, @Nullable String text) {
        return text == null || text.isEmpty() ? "" : before + quotable(text);
    }

    /** On one line, and not too long. */
    static String quotable(@Nullable String text) {
        StringBuilder quoted = new StringBuilder();
        String all = String.valueOf(text);
        for (int i = 0; i < Math.min(all.length(), LONGEST); i++) {
            char c = all.charAt(i);
            boolean plain = !Character.isISOControl(c)
                    && Character.getType(c) != Character.FORMAT
                    && c != '\u2028'
                    && c != '\u2029';
            quoted.append(plain ? String.valueOf(c) : String.format("\\u%04x", (int) c));
        }
        return all.length() > LONGEST ? quoted.append("...").toString() : quoted.toString();
    }
}
