package io.fairlead.route;

import io.fairlead.settings.Default;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Which requests go to which pool: an element of {@code [[routes]]}. Of all that match, the most specific wins: exact host,
 * then {@code *.host}, then any; then exact path, then the longest prefix.
 *
 * @param host an exact host name, {@code "*.example.org"} for all below it, or empty for any
 * @param path a prefix that matches on segment borders; starts with a slash
 * @param pathExact the whole path; instead of {@code path}
 * @param pool the pool's name
 * @param timeout the whole exchange, tunnels excepted; 0s: no limit
 */
public record RouteSettings(
        @Default("") String host,
        @Default("/") String path,
        Optional<String> pathExact,
        String pool,
        @Default("0s") Duration timeout) {
    public RouteSettings {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: \"" + path + "\" (expected: to start with a slash)");
        }
        if (pathExact.isPresent() && !pathExact.get().startsWith("/")) {
            throw new IllegalArgumentException(
                    "path_exact: \"" + pathExact.get() + "\" (expected: to start with a slash)");
        }
        if (pathExact.isPresent() && !path.equals("/")) {
            throw new IllegalArgumentException("path_exact: set beside path (expected: one of the two)");
        }
        if (host.indexOf('*') > 0 || (host.startsWith("*") && !host.startsWith("*."))) {
            throw new IllegalArgumentException(
                    "host: \"" + host + "\" (expected: a host name, or \"*.\" and a host name)");
        }
    }

    /**
     * What a route matches, so that two routes of one match would be the same to every request.
     *
     * @param host in lower case; empty for any
     * @param isExact whether the path is the whole one, not a prefix
     * @param path the whole one, or a prefix as {@link #prefix} writes it
     */
    public record Match(String host, boolean isExact, String path) {
        /** A path without its last slash: "/api" and "/api/" are the same prefix, and the root is empty. */
        static String prefix(String path) {
            return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        }
    }

    /** What people and statistics call it: host and path, an exact path after {@code =}. From the configuration, so there are few. */
    public String name() {
        return host + pathExact.map(exact -> "=" + exact).orElse(path);
    }

    /** What it matches. */
    public Match match() {
        return new Match(
                host.toLowerCase(Locale.ROOT), pathExact.isPresent(), pathExact.orElseGet(() -> Match.prefix(path)));
    }

    /** A route that sends everything to one pool. */
    public static RouteSettings everythingTo(String pool) {
        return new RouteSettings("", "/", Optional.empty(), pool, Duration.ZERO);
    }
}
