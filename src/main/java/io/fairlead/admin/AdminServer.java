package io.fairlead.admin;

import io.fairlead.admin.change.ConfigEndpoint;
import io.fairlead.admin.change.MemberEndpoint;
import io.fairlead.admin.events.EventStream;
import io.fairlead.admin.http.BrowserGuard;
import io.fairlead.admin.http.Changes;
import io.fairlead.admin.http.Problem;
import io.fairlead.admin.http.Resource;
import io.fairlead.admin.latency.HistoryEndpoint;
import io.fairlead.admin.latency.LatencyEndpoint;
import io.fairlead.admin.metrics.MetricsEndpoint;
import io.fairlead.settings.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.concurrent.TimeUnit;

/**
 * Serves the operator's window: the status page, the API that it reads, and the health endpoints. Every answer but that to a probe
 * comes from memory, and every change passes the {@link Changes}.
 *
 * <p>Control context only: it serves on the context that starts it.
 */
public final class AdminServer {
    /** Also ends a status stream whose reader takes nothing for so long. */
    private static final int IDLE_TIMEOUT_SECONDS = 60;

    private static final int LAST_ANSWERS_SECONDS = 10;

    private final Vertx vertx;
    private final ListenAddress configured;
    private final StatusBoard board;
    private final StatusStream stream;
    private final EventStream events;
    private final Changes changes;
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
        this.changes = new Changes(settings.token(), () -> ConfigEndpoint.tag(board.program()));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                .setReusePort(true)
                .setHttp2ClearTextEnabled(false)
                .setIdleTimeout(IDLE_TIMEOUT_SECONDS));
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

    /** Ends all streams, takes no more connections, and ends when what was asked is answered. Control context only. */
    public Future<Void> retire() {
        stream.close();
        events.close();
        return server.shutdown(LAST_ANSWERS_SECONDS, TimeUnit.SECONDS);
    }

    /** All that it serves. Control context only. */
    Router router() {
        Router router = Router.router(vertx);
        router.route().handler(new BrowserGuard(configured.isLoopback()));
        Resource.at(router, "/livez").get(HealthEndpoints.live(vertx)).nothingElse();
        Resource.at(router, "/readyz")
                .get(HealthEndpoints.ready(vertx, board.program()))
                .nothingElse();
        StatusEndpoint status = new StatusEndpoint(board);
        page(router, status);
        status(router, status);
        members(router, status);
        config(router);
        Resource.at(router, "/metrics")
                .get(new MetricsEndpoint(vertx, board.program(), board.stats()))
                .nothingElse();
        Resource.at(router, "/api/v1/events")
                .get(new EventEndpoint(board.program().events(), events))
                .nothingElse();
        router.route().handler(exchange -> new Problem(404, "nothing is here").answer(exchange));
        router.errorHandler(400, exchange -> new Problem(400, "the request is malformed").answer(exchange));
        router.errorHandler(
                413,
                exchange -> new Problem(
                                413, "the body is too long (expected: " + Changes.LONGEST_BODY + " bytes or less)")
                        .answer(exchange));
        router.errorHandler(500, exchange -> new Problem(500, "an error of Fairlead itself").answer(exchange));
        return router;
    }

    private static void page(Router router, StatusEndpoint status) {
        for (Page file : Page.files()) {
            Resource.at(router, file.path())
                    .get(exchange -> {
                        if (!file.path().equals("/") || !status.table(exchange)) {
                            exchange.response()
                                    .putHeader("content-type", file.type())
                                    .end(file.content());
                        }
                    })
                    .nothingElse();
        }
    }

    private void status(Router router, StatusEndpoint status) {
        Resource.at(router, "/api/v1/status").get(status::all).nothingElse();
        Resource.at(router, "/api/v1/status/stream").get(stream).nothingElse();
        Resource.at(router, "/api/v1/history")
                .get(new HistoryEndpoint(vertx, board.program(), board.stats(), board.clock()))
                .nothingElse();
        Resource.at(router, "/api/v1/pools").get(status::pools).nothingElse();
        Resource.at(router, "/api/v1/pools/:pool").get(status::pool).nothingElse();
    }

    private void config(Router router) {
        String config = "/api/v1/config";
        ConfigEndpoint endpoint = new ConfigEndpoint(board.program(), board::publish);
        Resource.at(router, config).get(endpoint::show).nothingElse();
        Resource.at(router, config + "/plan")
                .change(HttpMethod.POST, changes, endpoint::plan)
                .nothingElse();
        Resource.at(router, config + "/reload")
                .change(HttpMethod.POST, changes, endpoint::reload)
                .nothingElse();
        Resource.at(router, config + "/confirm")
                .change(HttpMethod.POST, changes, endpoint::confirm)
                .nothingElse();
        Resource.at(router, config + "/rollback")
                .change(HttpMethod.POST, changes, endpoint::rollBack)
                .nothingElse();
        Resource.at(router, "/api/v1/openapi.json")
                .get(new OpenApi(board.program().version()))
                .nothingElse();
    }

    private void members(Router router, StatusEndpoint status) {
        String members = "/api/v1/pools/:pool/members";
        String member = members + "/:member";
        // who changes something wants to see it at once
        MemberEndpoint endpoint = new MemberEndpoint(
                board.program(),
                board::publish,
                (exchange, path) -> status.member(
                        exchange, path.pool().name(), path.member().id()));
        Resource.at(router, members)
                .change(HttpMethod.POST, changes, endpoint::add)
                .nothingElse();
        Resource.at(router, member)
                .get(status::member)
                .change(HttpMethod.PATCH, changes, endpoint::order)
                .change(HttpMethod.DELETE, changes, endpoint::remove)
                .nothingElse();
        LatencyEndpoint latency = new LatencyEndpoint(vertx, board.program(), board.stats(), board.clock());
        Resource.at(router, member + "/latency").get(latency::latency).nothingElse();
        Resource.at(router, member + "/history").get(latency::history).nothingElse();
        MemberHealth health = new MemberHealth(board);
        Resource.at(router, member + "/health").get(health::explain).nothingElse();
        Resource.at(router, member + "/check")
                .change(HttpMethod.POST, changes, health::check)
                .nothingElse();
    }
}
