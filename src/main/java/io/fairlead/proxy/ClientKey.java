package io.fairlead.proxy;

import io.fairlead.balance.RequestKey;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What routes and strategies may know of a request.
 *
 * <p>Confined to its exchange.
 */
final class ClientKey implements RequestKey {
    private final HttpServerRequest request;
    private final ClientConnection client;

    ClientKey(HttpServerRequest request, ClientConnection client) {
        this.request = request;
        this.client = client;
    }

    @Override
    public String clientIp() {
        return Forwarding.clientIp(request, client);
    }

    @Override
    public String host() {
        String host = request.getHeader("Host");
        return host == null ? "" : Target.host(host);
    }

    @Override
    public String uri() {
        return Target.pathAndQuery(request.uri());
    }

    @Override
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }
}
