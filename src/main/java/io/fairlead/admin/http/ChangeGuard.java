package io.fairlead.admin.http;

import io.fairlead.settings.IpLiteral;
import io.fairlead.settings.Secret;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may change something: whoever has the token, and who asks from this machine. From this machine means that the connection comes
 * from loopback, whatever headers say, and is meant for it: a web site that lets its own name point to 127.0.0.1 has the
 * operator's browser connect from loopback too; and that no proxy passed it on. No web page but ours may change anything, with or without a token: browsers say
 * where a request comes from.
 *
 * <p>Any change has this before its handler.
 */
public final class ChangeGuard implements Handler<RoutingContext> {
    private static final String BEARER = "bearer ";
    private static final List<String> PROXIED = List.of("forwarded", "x-forwarded-for", "x-real-ip", "via");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Secret token;

    public ChangeGuard(Secret token) {
        this.token = token;
    }

    @Override
    public void handle(RoutingContext exchange) {
        HttpServerRequest request = exchange.request();
        String peer = request.connection().remoteAddress().hostAddress();
        refusal(peer, request.authority(), request.headers())
                .ifPresentOrElse(
                        problem -> {
                            if (problem.status() == UNAUTHORIZED) {
                                exchange.response().putHeader("www-authenticate", "Bearer realm=\"fairlead\"");
                            }
                            problem.answer(exchange);
                        },
                        () -> {
                            Audit.by(exchange, hasToken(request.headers().get("authorization")) ? "token" : "loopback");
                            exchange.next();
                        });
    }

    /**
     * Why such a change is refused; empty if it is not.
     *
     * @param peer the IP address that the connection comes from; null if it has none
     * @param meant whom the request is for, as it says itself
     */
    Optional<Problem> refusal(@Nullable String peer, @Nullable HostAndPort meant, MultiMap headers) {
        if (isOfAnotherSite(headers, meant)) {
            return Optional.of(new Problem(FORBIDDEN, "a page of another site may not change anything here"));
        }
        if (isLocal(peer, meant, headers) || hasToken(headers.get("authorization"))) {
            return Optional.empty();
        }
        return Optional.of(
                token.isSet()
                        ? new Problem(
                                UNAUTHORIZED,
                                "a change needs \"Authorization: Bearer\" with the configured token, or to come from loopback")
                        : new Problem(FORBIDDEN, "a change has to come from loopback, for no token is configured"));
    }

    /** What the browser says of the site, or else the origin; programs that are no browsers send neither. */
    private static boolean isOfAnotherSite(MultiMap headers, @Nullable HostAndPort meant) {
        String site = headers.get("sec-fetch-site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = headers.get("origin");
        return origin != null && !isOurs(origin, meant);
    }

    private static boolean isOurs(String origin, @Nullable HostAndPort authority) {
        try {
            URI uri = URI.create(origin);
            return authority != null
                    && bare(authority.host()).equalsIgnoreCase(bare(String.valueOf(uri.getHost())))
                    && port(authority.port(), uri.getScheme()) == port(uri.getPort(), uri.getScheme());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An IPv6 address comes with brackets or without. */
    private static String bare(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The port that is meant; the server itself does not know whether a proxy speaks TLS before it. */
    private static int port(int given, @Nullable String scheme) {
        return given > 0 ? given : "https".equals(scheme) ? 443 : 80;
    }

    /** Not what a proxy on this machine passes on: whom it serves, nobody knows. */
    private static boolean isLocal(@Nullable String peer, @Nullable HostAndPort meant, MultiMap headers) {
        return peer != null
                && IpLiteral.isLoopback(peer)
                && meant != null
                && BrowserGuard.isLoopback(meant.host())
                && PROXIED.stream().noneMatch(headers::contains);
    }

    private boolean hasToken(@Nullable String given) {
        return token.isSet()
                && given != null
                && given.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && MessageDigest.isEqual(bytes(given.substring(BEARER.length()).strip()), bytes(token.value()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
