package io.fairlead.admin.http;

import io.fairlead.settings.IpLiteral;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;

/**
 * Keeps other web sites, open in the operator's browser, from looking through this window. Headers forbid framing,
 * embedding and every source but ourselves. And while only loopback is bound, only names of loopback are answered: a site
 * that lets its own name point to 127.0.0.1 (DNS rebinding) would otherwise be of our origin.
 */
public final class BrowserGuard implements Handler<RoutingContext> {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final boolean loopbackOnly;

    /** A guard of a server that only this machine can reach, or of one that others can. */
    public BrowserGuard(boolean loopbackOnly) {
        this.loopbackOnly = loopbackOnly;
    }

    @Override
    public void handle(RoutingContext exchange) {
        MultiMap headers = exchange.response().headers();
        headers.set("content-security-policy", POLICY);
        headers.set("cross-origin-resource-policy", "same-origin");
        headers.set("x-content-type-options", "nosniff");
        headers.set("referrer-policy", "no-referrer");
        headers.set("cache-control", "no-store");
        HostAndPort authority = exchange.request().authority();
        if (loopbackOnly && (authority == null || !isLoopback(authority.host()))) {
            new Problem(421, "this address answers to localhost, 127.0.0.1 and [::1] only").answer(exchange);
        } else {
            exchange.next();
        }
    }

    /** Whether a host, as a request names it, is this machine by any name. */
    static boolean isLoopback(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        return host.equalsIgnoreCase("localhost")
                || IpLiteral.isLoopback(bracketed ? host.substring(1, host.length() - 1) : host);
    }
}
