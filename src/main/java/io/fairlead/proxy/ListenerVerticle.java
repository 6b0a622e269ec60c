package io.fairlead.proxy;

import io.fairlead.settings.ListenAddress;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.proxy.handler.ProxyHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One listener on one event loop: its server, and with {@link Loop} its client towards members. Deployed once per event
 * loop; Vert.x spreads the connections of the one address over them.
 */
public final class ListenerVerticle extends VerticleBase {
    private static final int CHUNK = 64 * 1024;

    private final ListenerSettings settings;
    private final DataPlane plane;
    private final int sharedPort;
    // Set on its event loop by start(), read there only.
    @SuppressWarnings("NullAway.Init")
    private Loop loop;
    // Set by start() before its future completes, read by the control context after that.
    @SuppressWarnings("NullAway.Init")
    private volatile HttpServer server;

    /**
     * A listener that is not bound yet.
     *
     * @param index of the listener in the configuration, 0 or more: those that let the system choose a port must differ in it
     */
    public ListenerVerticle(ListenerSettings settings, DataPlane plane, int index) {
        this.settings = settings;
        this.plane = plane;
        // Below zero stands for one port of the system's choice, shared by all that name the same number.
        this.sharedPort =
                settings.address().port() == 0 ? -1 - index : settings.address().port();
    }

    @Override
    public Future<?> start() {
        loop = new Loop(vertx, settings, plane);
        ForwardingProxy proxy = new ForwardingProxy(loop);
        Router mount = Router.router(vertx);
        mount.route().handler(ProxyHandler.create(proxy));
        server = vertx.createHttpServer(options())
                .connectionHandler(connection -> ClientConnection.watch(loop, connection))
                .requestHandler(request -> {
                    if (isForRouter(request)) {
                        mount.handle(request);
                    } else {
                        proxy.handle(request);
                    }
                })
                .invalidRequestHandler(proxy.undecodable());
        return server.listen(sharedPort, settings.address().host());
    }

    /** Whether vertx-web would pass the request on: it answers some forms of target, and some hosts, by itself. */
    private static boolean isForRouter(HttpServerRequest request) {
        return request.uri().startsWith("/")
                && (request.version() == HttpVersion.HTTP_1_0 || request.authority() != null);
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setMaxInitialLineLength((int) Math.min(settings.maxHeaderSize().bytes(), 8192))
                .setMaxHeaderSize((int) settings.maxHeaderSize().bytes())
                .setMaxChunkSize(CHUNK)
                .setHttp2ClearTextEnabled(false)
                .setTcpNoDelay(true)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    /** Where it listens, with the port that was really bound. Control context, after the start. */
    public ListenAddress address() {
        return settings.address().withPort(server.actualPort());
    }

    /** As configured. */
    public ListenerSettings settings() {
        return settings;
    }

    /** From now on answers say that their connection closes. Control context. */
    public void drain() {
        context.runOnContext(v -> loop.drain());
    }

    /**
     * Closes the listener: idle connections at once, others when their answer is complete, all of them at the latest after
     * the grace time. Control context.
     */
    public Future<Void> shutdown(Duration grace) {
        return server.shutdown(grace.toMillis(), TimeUnit.MILLISECONDS);
    }
}
