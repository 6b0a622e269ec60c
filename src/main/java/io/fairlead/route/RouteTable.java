package io.fairlead.route;

import io.fairlead.route.RouteSettings.Match;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Most specific wins: exact host, then the longest {@code *.host}, then any; within a host
 * exact path, then the longest prefix that ends on a segment border.
 *
 * <p>Every step is a look-up in a hash table: the cost is that of the labels of the host and the segments of the path, and
 * does not grow with the number of routes. Immutable; any event loop.
 */
public final class RouteTable {
    private final Map<String, Paths> byHost = new HashMap<>();

    /**
     * A table of these routes.
     *
     * @throws IllegalArgumentException if two match the very same host and path
     */
    public RouteTable(List<Route> routes) {
        for (Route route : routes) {
            byHost.computeIfAbsent(route.settings().match().host(), host -> new Paths())
                    .add(route);
        }
    }

    /**
     * The route of a request.
     *
     * @param host in lower case, without port; empty if unknown
     * @param path as it came, without the query; {@code "*"} matches what {@code "/"} does
     * @return null if none matches
     */
    public @Nullable Route match(String host, String path) {
        Route route = in(host.isEmpty() ? null : host, path);
        for (int dot = host.indexOf('.'); route == null && dot >= 0; dot = host.indexOf('.', dot + 1)) {
            route = in("*" + host.substring(dot), path);
        }
        return route != null ? route : in("", path);
    }

    private @Nullable Route in(@Nullable String host, String path) {
        Paths paths = host == null ? null : byHost.get(host);
        return paths == null ? null : paths.match(path.startsWith("/") ? path : "/");
    }

    /** The routes of one host pattern. */
    private static final class Paths {
        private final Map<String, Route> exact = new HashMap<>();
        // Keys are as Match.prefix writes them.
        private final Map<String, Route> prefixes = new HashMap<>();

        void add(Route route) {
            RouteSettings settings = route.settings();
            Match match = settings.match();
            if ((match.isExact() ? exact : prefixes).putIfAbsent(match.path(), route) != null) {
                throw new IllegalArgumentException("host \"" + settings.host() + "\", path \""
                        + settings.pathExact().orElse(settings.path()) + "\": twice (expected: routes that differ)");
            }
        }

        @Nullable
        Route match(String path) {
            Route route = exact.isEmpty() ? null : exact.get(path);
            if (route != null) {
                return route;
            }
            if (prefixes.size() == 1 && prefixes.containsKey("")) {
                return prefixes.get("");
            }
            String prefix = Match.prefix(path);
            while (true) {
                route = prefixes.get(prefix);
                if (route != null || prefix.isEmpty()) {
                    return route;
                }
                prefix = prefix.substring(0, prefix.lastIndexOf('/'));
            }
        }
    }
}
