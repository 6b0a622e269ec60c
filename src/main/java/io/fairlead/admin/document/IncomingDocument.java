package io.fairlead.admin.document;

import static io.fairlead.admin.document.Figures.latency;
import static io.fairlead.admin.document.Figures.responses;
import static io.fairlead.admin.document.Figures.rounded;

import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.Program;
import io.fairlead.route.Route;
import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.Requests;
import io.fairlead.stats.RouteStats;
import io.fairlead.stats.StatsSnapshot;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Renders what clients ask and get, in all, by listener and by route. Control context only. */
final class IncomingDocument {
    /** What statistics call the route of requests that met none. */
    private static final String NO_ROUTE = "";

    private final StatsSnapshot stats;

    IncomingDocument(StatsSnapshot stats) {
        this.stats = stats;
    }

    /** Puts what comes in at all listeners together. */
    JsonObject all(JsonObject json) {
        ListenerStats incoming = stats.incoming();
        Requests errors = incoming.errors();
        return json.put("requests_per_second", rounded(incoming.requests().perSecond()))
                .put("requests_per_second_1m", rounded(incoming.requests().perSecondInWindow()))
                .put("errors_per_second_1m", rounded(errors.perSecondInWindow()))
                .put("error_share_1m", Figures.errorShare(errors, incoming.requests()))
                .put("latency_ms", latency(stats.latency()));
    }

    JsonArray listeners(Program program) {
        JsonArray all = new JsonArray();
        for (BoundListener listener : program.listeners()) {
            ListenerStats known = stats.listener(listener.name());
            JsonObject json = new JsonObject()
                    .put("name", listener.name())
                    .put("address", listener.address().toString())
                    .put("connections", known.connections())
                    .put("connections_total", known.connectionsTotal());
            all.add(requests(json, known.requests())
                    .put("errors_per_second_1m", rounded(known.errors().perSecondInWindow()))
                    .put("responses", responses(known.responses()))
                    .put("latency_ms", latency(known.latency())));
        }
        return all;
    }

    /** In the order of the file; the last, without a name and a pool, is of requests that met no route, if there were any. */
    JsonArray routes(Program program) {
        JsonArray all = new JsonArray();
        for (Route route : program.routes()) {
            String name = route.settings().name();
            all.add(route(name, route.pool().name(), stats.route(name)));
        }
        RouteStats none = stats.route(NO_ROUTE);
        if (none.requests().total() > 0) {
            all.add(route(NO_ROUTE, null, none));
        }
        return all;
    }

    private static JsonObject route(String name, @Nullable String pool, RouteStats known) {
        return requests(new JsonObject().put("route", name).put("pool", pool), known.requests())
                .put("responses", responses(known.codes().responses()))
                .put("latency_ms", latency(known.latency()));
    }

    private static JsonObject requests(JsonObject json, Requests requests) {
        return json.put("requests_total", requests.total())
                .put("requests_per_second", rounded(requests.perSecond()))
                .put("requests_per_second_1m", rounded(requests.perSecondInWindow()));
    }
}
