package io.fairlead.route;

import io.fairlead.settings.Default;
import java.time.Duration;
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

    /** A route that sends everything to one pool. */
    public static RouteSettings everythingTo(String pool) {
        return new RouteSettings("", "/", Optional.empty(), pool, Duration.ZERO);
    }
}
