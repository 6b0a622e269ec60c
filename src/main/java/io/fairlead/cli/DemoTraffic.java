package io.fairlead.cli;

import io.fairlead.settings.ListenAddress;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;

/** Light traffic for the demo: requests at a steady rate, whatever becomes of them. */
final class DemoTraffic {
    private static final long EVERY_MS = 20;

    private final Vertx vertx;
    private final HttpClient client;
    private final ListenAddress to;
    private long timer;

    DemoTraffic(Vertx vertx, ListenAddress to) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient();
        this.to = to;
    }

    void start() {
        timer = vertx.setPeriodic(
                EVERY_MS,
                id -> client.request(HttpMethod.GET, to.port(), to.host(), "/")
                        .compose(HttpClientRequest::send)
                        .compose(HttpClientResponse::body)
                        .onFailure(gone -> {
                            // the page shows it
                        }));
    }

    void stop() {
        vertx.cancelTimer(timer);
    }
}
