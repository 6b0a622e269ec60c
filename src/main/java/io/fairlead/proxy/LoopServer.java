package io.fairlead.proxy;

import io.fairlead.member.Member;
import io.fairlead.route.Route;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The HTTP server of a listener on one event loop, and the {@link Loop} that serves its connections. What cannot change while it
 * listens is replaced by another one beside it: Vert.x has one socket for all servers of an address, and gives each connection
 * that comes on this event loop to one of its servers there. As they come and go on the loop's own thread, there is no moment
 * in which a connection finds none.
 *
 * <p>Confined to its event loop.
 */
final class LoopServer {
    private static final int CHUNK = 64 * 1024;

    private final Loop loop;
    private final HttpServer server;
    private ListenerSettings settings;

    /** One that does not listen yet. */
    LoopServer(Vertx vertx, ListenerSettings settings, DataPlane plane) {
        this.settings = settings;
        this.loop = new Loop(vertx, settings, plane);
        ForwardingProxy proxy = new ForwardingProxy(loop);
        Router mount = Router.router(vertx);
        mount.route().handler(ProxyHandler.create(proxy));
        this.server = vertx.createHttpServer(options(settings))
                .connectionHandler(connection -> ClientConnection.watch(loop, connection))
                .requestHandler(request -> {
                    if (isForRouter(request)) {
                        mount.handle(request);
                    } else {
                        proxy.handle(request);
                    }
                })
                .invalidRequestHandler(proxy.undecodable());
    }

    /** Whether vertx-web would pass the request on: it answers some forms of target, and some hosts, by itself. */
    private static boolean isForRouter(HttpServerRequest request) {
        return request.uri().startsWith("/")
                && (request.version() == HttpVersion.HTTP_1_0 || request.authority() != null);
    }

    private static HttpServerOptions options(ListenerSettings settings) {
        return new HttpServerOptions()
                .setReusePort(true)
                .setMaxInitialLineLength((int) Math.min(settings.maxHeaderSize().bytes(), 8192))
                .setMaxHeaderSize((int) settings.maxHeaderSize().bytes())
                .setMaxChunkSize(CHUNK)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    /**
     * Takes connections.
     *
     * @param port below zero: one of the system's choice, the same for all that name the same number
     * @return the port that was really bound
     */
    Future<Integer> listen(int port) {
        return server.listen(port, settings.address().host()).map(HttpServer::actualPort);
    }

    /** As they are now. */
    ListenerSettings settings() {
        return settings;
    }

    /** Goes by others; only if {@link ListenerSettings#isLive}. */
    void obey(ListenerSettings next) {
        settings = next;
        loop.obey(next);
    }

    /** From now on each answer is the last one on its connection, and says so. */
    void drain() {
        loop.drain();
    }

    /** Forgets what was kept of all members and routes but these. */
    void retain(Set<Member> members, Set<Route> routes) {
        loop.retain(members, routes);
    }

    /**
     * Takes no more connections, and drains those that it has: each is closed after its next answer. What is still open after the
     * grace time is closed then.
     *
     * @return completes when all are closed
     */
    Future<Void> retire(Duration grace) {
        loop.drain();
        return server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS).onComplete(closed -> loop.close());
    }
}
