package io.fairlead.admin.http;

import io.fairlead.admin.program.MemberPath;
import io.fairlead.admin.program.Program;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.MIMEHeader;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;

/** What many answers of the window have in common. Control context only. */
public final class Answers {
    private Answers() {}

    public static void json(RoutingContext exchange, JsonObject body) {
        json(exchange, body.toBuffer());
    }

    /** Of a text that is encoded already. */
    public static void json(RoutingContext exchange, Buffer body) {
        exchange.response().putHeader("content-type", "application/json").end(body);
    }

    /**
     * What of this a request would rather have, by its Accept header.
     *
     * @param types media types, without parameters; the first if it says nothing, or accepts none of them
     */
    public static String preferred(RoutingContext exchange, String... types) {
        for (MIMEHeader accepted : exchange.parsedHeaders().accept()) {
            for (String type : types) {
                if (accepted.weight() > 0 && accepts(accepted, type)) {
                    return type;
                }
            }
        }
        return types[0];
    }

    private static boolean accepts(MIMEHeader accepted, String type) {
        String[] parts = type.split("/", 2);
        return matches(accepted.component(), parts[0]) && matches(accepted.subComponent(), parts[1]);
    }

    private static boolean matches(String pattern, String part) {
        return pattern.equals("*") || pattern.equalsIgnoreCase(part);
    }

    /** The member that the path of a request names; if there is none, the request is answered so. */
    public static Optional<MemberPath> member(RoutingContext exchange, Program program) {
        String pool = exchange.pathParam("pool");
        String id = exchange.pathParam("member");
        Optional<MemberPath> found = MemberPath.find(program, pool, id);
        if (found.isEmpty()) {
            noMember(pool, id).answer(exchange);
        }
        return found;
    }

    public static Problem noMember(String pool, String member) {
        return new Problem(404, "there is no member \"" + member + "\" in a pool \"" + pool + "\"");
    }

    public static Problem noPool(String pool) {
        return new Problem(404, "there is no pool \"" + pool + "\"");
    }
}
