package io.fairlead.admin;

import io.fairlead.admin.document.StatusTable;
import io.fairlead.admin.http.Answers;
import io.fairlead.admin.http.Problem;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.IntStream;

/** {@code GET /api/v1/status} and the parts of it: all of it, a pool, a member; or the members as a table. Control context only. */
final class StatusEndpoint {
    private final StatusBoard board;

    StatusEndpoint(StatusBoard board) {
        this.board = board;
    }

    void all(RoutingContext exchange) {
        if (!table(exchange)) {
            Answers.json(exchange, board.current().encoded());
        }
    }

    /**
     * Answers with the table if {@code format} asks for it, and says so if it asks for something unknown.
     *
     * @return false if it asks for nothing but the usual
     */
    boolean table(RoutingContext exchange) {
        String format = exchange.queryParams().get("format");
        if (format == null || format.equals("json")) {
            return false;
        }
        if (format.equals("csv")) {
            exchange.response()
                    .putHeader("content-type", StatusTable.TYPE)
                    .putHeader("content-disposition", "inline; filename=\"fairlead.csv\"")
                    .end(StatusTable.of(board.current().json()));
        } else {
            new Problem(400, "format: \"" + format + "\" (expected: csv)").answer(exchange);
        }
        return true;
    }

    void pools(RoutingContext exchange) {
        Answers.json(exchange, pools().toBuffer());
    }

    void pool(RoutingContext exchange) {
        String pool = exchange.pathParam("pool");
        named(pools(), "name", pool)
                .ifPresentOrElse(
                        found -> Answers.json(exchange, found),
                        () -> Answers.noPool(pool).answer(exchange));
    }

    void member(RoutingContext exchange) {
        member(exchange, exchange.pathParam("pool"), exchange.pathParam("member"));
    }

    /** Answers with a member that the path of the request need not name. */
    void member(RoutingContext exchange, String pool, String member) {
        named(pools(), "name", pool)
                .flatMap(found -> named(found.getJsonArray("members"), "id", member))
                .ifPresentOrElse(
                        found -> Answers.json(exchange, found),
                        () -> Answers.noMember(pool, member).answer(exchange));
    }

    private JsonArray pools() {
        return board.current().json().getJsonArray("pools");
    }

    private static Optional<JsonObject> named(JsonArray all, String key, String name) {
        return IntStream.range(0, all.size())
                .mapToObj(all::getJsonObject)
                .filter(each -> name.equals(each.getString(key)))
                .findFirst();
    }
}
