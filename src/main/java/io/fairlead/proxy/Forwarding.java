package io.fairlead.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells members who the client is: X-Forwarded-For, -Proto, -Host and -Port, Forwarded (RFC 7239) and X-Request-Id. What a
 * trusted peer says is believed and appended to; what any other says is replaced.
 */
final class Forwarding {
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._~+/=:@-]{1,128}");
    private static final Pattern OBFUSCATED = Pattern.compile("[A-Za-z0-9._-]+");

    private Forwarding() {}

    /** Whether the header is one of those that are set here. */
    static boolean isOwn(String name) {
        return switch (name.length()) {
            case 4 -> name.equalsIgnoreCase("Host");
            case 9 -> name.equalsIgnoreCase("Forwarded");
            case 12 -> name.equalsIgnoreCase("X-Request-Id");
            case 15 -> name.equalsIgnoreCase("X-Forwarded-For");
            case 16 -> name.equalsIgnoreCase("X-Forwarded-Host") || name.equalsIgnoreCase("X-Forwarded-Port");
            case 17 -> name.equalsIgnoreCase("X-Forwarded-Proto");
            default -> false;
        };
    }

    /** Sets them for a member. */
    static void apply(HttpServerRequest request, ClientConnection client, MultiMap to) {
        MultiMap from = request.headers();
        boolean trusted = client.isTrusted();
        String host = from.get("Host");
        String scheme = scheme(request);
        String port = Integer.toString(request.localAddress().port());
        to.set("X-Forwarded-For", appended(trusted, from.getAll("X-Forwarded-For"), client.peer()));
        to.set("X-Forwarded-Proto", kept(trusted, from.get("X-Forwarded-Proto"), scheme));
        to.set("X-Forwarded-Port", kept(trusted, from.get("X-Forwarded-Port"), port));
        if (host != null) {
            to.set("X-Forwarded-Host", kept(trusted, from.get("X-Forwarded-Host"), host));
        }
        String element =
                "for=" + node(client.peer()) + (host == null ? "" : ";host=" + quoted(host)) + ";proto=" + scheme;
        to.set("Forwarded", appended(trusted, from.getAll("Forwarded"), element));
    }

    private static String scheme(HttpServerRequest request) {
        return request.isSSL() ? "https" : "http";
    }

    /** Whether the client speaks TLS, to us or to a trusted proxy before us. */
    static boolean isSecure(HttpServerRequest request, ClientConnection client) {
        String told = kept(client.isTrusted(), request.getHeader("X-Forwarded-Proto"), scheme(request));
        return told.split(",", 2)[0].trim().equalsIgnoreCase("https");
    }

    /**
     * The client's address: the peer's, or if that is trusted the last in X-Forwarded-For that is no trusted proxy's.
     */
    static String clientIp(HttpServerRequest request, ClientConnection client) {
        if (!client.isTrusted()) {
            return client.peer();
        }
        String ip = client.peer();
        String[] chain =
                String.join(",", request.headers().getAll("X-Forwarded-For")).split(",", -1);
        for (int i = chain.length - 1; i >= 0; i--) {
            String hop = chain[i].trim();
            if (hop.isEmpty()) {
                continue;
            }
            ip = hop;
            if (!client.isTrusted(hop)) {
                break;
            }
        }
        return ip;
    }

    /** The id that a trusted peer gave, if it is sane, else a new one. */
    static String requestId(HttpServerRequest request, ClientConnection client, RequestIds ids) {
        String given = client.isTrusted() ? request.getHeader("X-Request-Id") : null;
        return given != null && SANE_ID.matcher(given).matches() ? given : ids.next();
    }

    private static String appended(boolean trusted, List<String> before, String own) {
        return trusted && !before.isEmpty() ? String.join(", ", before) + ", " + own : own;
    }

    private static String kept(boolean trusted, @Nullable String given, String own) {
        return trusted && given != null ? given : own;
    }

    /** An address as RFC 7239, section 6 writes it. */
    private static String node(String ip) {
        if (ip.isEmpty()) {
            return "unknown";
        }
        return ip.indexOf(':') >= 0 ? "\"[" + ip + "]\"" : ip;
    }

    private static String quoted(String host) {
        return OBFUSCATED.matcher(host).matches() ? host : "\"" + host + "\"";
    }
}
