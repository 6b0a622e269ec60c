package io.fairlead.admin.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** One path of the window and what may be done there; whatever else is tried is answered so. Control context only. */
public final class Resource {
    private final Router router;
    private final String path;
    private final List<String> allowed = new ArrayList<>();

    private Resource(Router router, String path) {
        this.router = router;
        this.path = path;
    }

    public static Resource at(Router router, String path) {
        return new Resource(router, path);
    }

    /** Reading, which anybody may. HEAD is answered like GET, and the server leaves out the body. */
    public Resource get(Handler<RoutingContext> handler) {
        router.get(path).setName(path).handler(handler);
        router.head(path).setName(path).handler(handler);
        allowed.addAll(List.of("GET", "HEAD"));
        return this;
    }

    /** A change: only what passes all that stands before it comes to the handler. */
    public Resource change(HttpMethod method, Changes changes, Handler<RoutingContext> handler) {
        // each is a route of its own: on one, the library has bodies before all others
        changes.gates().forEach(gate -> router.route(method, path).setName(path).handler(gate));
        router.route(method, path).setName(path).handler(handler);
        allowed.add(method.name());
        return this;
    }

    /** That is all. */
    public void nothingElse() {
        router.route(path).handler(exchange -> {
            exchange.response().putHeader("allow", String.join(", ", allowed));
            String verb = allowed.size() == 1 ? " is" : " are";
            new Problem(405, "only " + inWords() + verb + " possible here").answer(exchange);
        });
    }

    private String inWords() {
        int last = allowed.size() - 1;
        return last == 0 ? allowed.get(0) : String.join(", ", allowed.subList(0, last)) + " and " + allowed.get(last);
    }
}
