package io.fairlead.health.probe;

import io.fairlead.settings.Secret;
import io.fairlead.settings.StatusRange;
import java.util.List;
import java.util.Map;

/** Makes the options of HTTP probes for tests: all at their defaults, but what a test says. */
record HttpOptions(HttpProbeOptions made) {
    HttpOptions() {
        this(new HttpProbeOptions(
                "/health", "GET", "", Map.of(), List.of(new StatusRange(200, 299)), new ExpectedBody(""), 0, false));
    }

    HttpOptions path(String value) {
        return with(value, made.method(), made.host(), made.headers());
    }

    HttpOptions method(String value) {
        return with(made.path(), value, made.host(), made.headers());
    }

    HttpOptions host(String value) {
        return with(made.path(), made.method(), value, made.headers());
    }

    HttpOptions header(String name, String value) {
        return with(made.path(), made.method(), made.host(), Map.of(name, new Secret(value)));
    }

    HttpOptions statuses(StatusRange... values) {
        return with(List.of(values), made.expectBody(), made.port(), made.reuseConnection());
    }

    HttpOptions body(String value) {
        return with(made.expectStatus(), new ExpectedBody(value), made.port(), made.reuseConnection());
    }

    HttpOptions port(int value) {
        return with(made.expectStatus(), made.expectBody(), value, made.reuseConnection());
    }

    HttpOptions reuse() {
        return with(made.expectStatus(), made.expectBody(), made.port(), true);
    }

    private HttpOptions with(String path, String method, String host, Map<String, Secret> headers) {
        return new HttpOptions(new HttpProbeOptions(
                path,
                method,
                host,
                headers,
                made.expectStatus(),
                made.expectBody(),
                made.port(),
                made.reuseConnection()));
    }

    private HttpOptions with(List<StatusRange> statuses, ExpectedBody body, int port, boolean reuse) {
        return new HttpOptions(new HttpProbeOptions(
                made.path(), made.method(), made.host(), made.headers(), statuses, body, port, reuse));
    }
}
