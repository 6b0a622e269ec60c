package io.fairlead.admin;

import io.fairlead.admin.events.EventStream;
import io.fairlead.settings.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Serves the operator's window: the status page, the API that it reads, and the health endpoints. Every answer but that to a probe
 * comes from memory, and every change passes the {@link ChangeGuard}.
 *
 * <p>Control context only: it serves on the context that starts it.
 */
public final class AdminServer {
    /** Also ends a status stream whose reader takes nothing for so long. */
    private static final int IDLE_TIMEOUT_SECONDS = 60;

    private final Vertx vertx;
    private final ListenAddress configured;
    private final StatusBoard board;
    private final StatusStream stream;
    private final EventStream events;
    private final ChangeGuard guard;
    private final HttpServer server;
    private ListenAddress bound;

    /** A server that does not listen yet. */
    public AdminServer(Vertx vertx, AdminSettings settings, StatusBoard board) {
        this.vertx = vertx;
        this.configured = settings.address();
        this.bound = configured;
        this.board = board;
        this.stream = new StatusStream(board);
        this.events = new EventStream(vertx, board.program().events());
        this.guard = new ChangeGuard(settings.token());
        this.server = vertx.createHttpServer(
                new HttpServerOptions().setHttp2ClearTextEnabled(false).setIdleTimeout(IDLE_TIMEOUT_SECONDS));
    }

    /**
     * Publishes a first document and listens. Control context only.
     *
     * @return the address with the port that was really bound; fails if it cannot be bound
     */
    public Future<ListenAddress> start() {
        board.publish();
        return server.requestHandler(router())
                .listen(configured.port(), configured.host())
                .map(listening -> {
                    bound = configured.withPort(listening.actualPort());
                    return bound;
                });
    }

    /** Where it listens; before the start, where it is going to. */
    public ListenAddress address() {
        return bound;
    }

    /** How many read a stream. Control context only. */
    int readers() {
        return stream.readers() + events.readers();
    }

    /** Ends all streams and connections. Control context only. */
    public Future<Void> stop() {
        stream.close();
        events.close();
        return server.close();
    }

    private Router router() {
        Router router = Router.router(vertx);
        router.route().handler(new BrowserGuard(configured.isLoopback()));
        for (Page file : Page.files()) {
            get(
                    router,
                    file.path(),
                    exchange -> exchange.response()
                            .putHeader("content-type", file.type())
                            .end(file.content()));
        }
        get(router, "/livez", HealthEndpoints.live(vertx));
        get(router, "/readyz", HealthEndpoints.ready(vertx, board.program()));
        get(
                router,
                "/api/v1/status",
                exchange -> json(exchange).response().end(board.current().encoded()));
        get(router, "/api/v1/status/stream", stream);
        get(router, "/api/v1/pools", exchange -> answer(exchange, pools()));
        get(router, "/api/v1/pools/:pool", this::pool);
        get(router, "/api/v1/pools/:pool/members/:member", this::member);
        MemberHealth health = new MemberHealth(board);
        get(router, "/api/v1/pools/:pool/members/:member/health", health::explain);
        post(router, "/api/v1/pools/:pool/members/:member/check", health::check);
        get(router, "/api/v1/events", new EventEndpoint(board.program().events(), events));
        router.route().handler(exchange -> new Problem(404, "nothing is here").answer(exchange));
        router.errorHandler(400, exchange -> new Problem(400, "the request is malformed").answer(exchange));
        router.errorHandler(500, exchange -> new Problem(500, "an error of Fairlead itself").answer(exchange));
        return router;
    }

    private static void get(Router router, String path, Handler<RoutingContext> handler) {
        router.get(path).handler(handler);
        router.head(path).handler(handler);
        router.route(path).handler(exchange -> {
            exchange.response().putHeader("allow", "GET, HEAD");
            new Problem(405, "only GET and HEAD are possible here").answer(exchange);
        });
    }

    /** A change: only who may make it comes to the handler. */
    private void post(Router router, String path, Handler<RoutingContext> handler) {
        router.post(path).handler(guard).handler(handler);
        router.route(path).handler(exchange -> {
            exchange.response().putHeader("allow", "POST");
            new Problem(405, "only POST is possible here").answer(exchange);
        });
    }

    private void pool(RoutingContext exchange) {
        String pool = exchange.pathParam("pool");
        named(pools(), "name", pool)
                .ifPresentOrElse(
                        found -> answer(exchange, found),
                        () -> new Problem(404, "there is no pool \"" + pool + "\"").answer(exchange));
    }

    private void member(RoutingContext exchange) {
        String pool = exchange.pathParam("pool");
        String member = exchange.pathParam("member");
        named(pools(), "name", pool)
                .flatMap(found -> named(found.getJsonArray("members"), "id", member))
                .ifPresentOrElse(
                        found -> answer(exchange, found),
                        () -> MemberPath.unknown(pool, member).answer(exchange));
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

    private static void answer(RoutingContext exchange, JsonObject body) {
        json(exchange).response().end(body.toBuffer());
    }

    private static void answer(RoutingContext exchange, JsonArray body) {
        json(exchange).response().end(body.toBuffer());
    }

    private static RoutingContext json(RoutingContext exchange) {
        exchange.response().putHeader("content-type", "application/json");
        return exchange;
    }
}
