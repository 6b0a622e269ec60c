package io.fairlead.config;

import io.fairlead.admin.AdminSettings;
import io.fairlead.pool.PoolSettings;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.route.RouteSettings;
import io.fairlead.settings.ListenAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must hold between settings that know nothing of each other: names and addresses that differ, routes that lead to
 * pools, pools that a route leads to, time limits in proportion. Looks at all records that could be made, even if others
 * could not.
 */
final class CrossChecks {
    private static final int MOST_NAMES = 20;

    private final TomlDocument document;
    private final Binder binder;
    private final Conversion conversion;
    private final Problems problems;

    CrossChecks(TomlDocument document, Binder binder, Conversion conversion, Problems problems) {
        this.document = document;
        this.binder = binder;
        this.conversion = conversion;
        this.problems = problems;
    }

    /**
     * Reports all that does not hold.
     *
     * @param standard the listener that there is when the file has none
     */
    void run(ListenerSettings standard) {
        Set<String> pools = poolNames();
        pools.forEach(this::poolName);
        binder.made(PoolSettings.class).forEach(this::timeLimits);
        listenerNames();
        addresses(standard);
        Map<KeyPath, RouteSettings> routes = binder.made(RouteSettings.class);
        routes.forEach((path, route) -> pool(path, route, pools));
        sameMatch(routes);
        reach(pools);
    }

    /** The pools that the file has, right or not. */
    private Set<String> poolNames() {
        Set<String> names = new TreeSet<>();
        if (document.root().entries().get("pools") instanceof Map<?, ?> pools) {
            pools.keySet().forEach(name -> names.add((String) name));
        }
        return names;
    }

    private void poolName(String name) {
        if (name.indexOf('/') >= 0) {
            KeyPath path = KeyPath.ROOT.child("pools").child(name);
            problems.error(document.places().nearestKey(path), path, "\"" + name + "\" (expected: no slash)");
        }
    }

    private void timeLimits(KeyPath path, PoolSettings pool) {
        Duration perTry = pool.retry().perTryTimeout();
        if (!perTry.isZero() && perTry.compareTo(pool.timeouts().firstByte()) >= 0) {
            KeyPath at = path.child("retry").child("per_try_timeout");
            problems.warning(
                    document.places().nearestValue(at), at, "not shorter than timeouts.first_byte: it has no effect");
        }
        pool.health().ifPresent(health -> {
            KeyPath timeout = path.child("health").child("timeout");
            if (health.timeout().compareTo(health.interval()) > 0) {
                problems.warning(
                        document.places().nearestValue(timeout),
                        timeout,
                        "longer than the interval between two probes");
            }
            KeyPath firstByte = path.child("timeouts").child("first_byte");
            if (pool.timeouts().firstByte().compareTo(health.timeout()) < 0) {
                problems.warning(
                        document.places().nearestValue(firstByte),
                        firstByte,
                        "shorter than the probe's timeout: a member may be up and yet too slow for every request");
            }
        });
    }

    private void listenerNames() {
        Map<String, KeyPath> names = new HashMap<>();
        binder.made(ListenerSettings.class).forEach((path, listener) -> {
            KeyPath first = names.putIfAbsent(listener.name(), path);
            KeyPath name = path.child("name");
            if (first != null) {
                problems.error(
                        document.places().nearestValue(name),
                        name,
                        conversion.shown(
                                name,
                                "\"" + listener.name() + "\" is the name of " + first
                                        + " too (expected: a name of its own)"));
            }
        });
    }

    private void addresses(ListenerSettings standard) {
        TakenAddresses taken = new TakenAddresses();
        if (!isGiven("listeners")) {
            taken.take(standard.address(), "the listener that there is by default");
        }
        binder.made(AdminSettings.class)
                .forEach((path, admin) -> address(path.child("address"), admin.address(), taken));
        binder.made(ListenerSettings.class)
                .forEach((path, listener) -> address(path.child("address"), listener.address(), taken));
    }

    private void address(KeyPath path, ListenAddress address, TakenAddresses taken) {
        taken.take(address, path.toString())
                .ifPresent(owner -> problems.error(
                        document.places().nearestValue(path),
                        path,
                        conversion.shown(
                                path,
                                "\"" + address + "\" is taken by " + owner + " (expected: an address of its own)")));
    }

    private void pool(KeyPath route, RouteSettings settings, Set<String> pools) {
        KeyPath path = route.child("pool");
        if (!pools.contains(settings.pool())) {
            Optional<String> nearest =
                    conversion.isHidden(path) ? Optional.empty() : Spelling.nearest(settings.pool(), pools);
            problems.error(
                    document.places().nearestValue(path),
                    path,
                    conversion.shown(
                            path,
                            "\"" + settings.pool() + "\" (expected: "
                                    + (pools.isEmpty() ? "a pool" : "one of the pools, " + names(pools))
                                    + ")"),
                    nearest);
        }
    }

    private static String names(Set<String> pools) {
        String first = pools.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        return pools.size() <= MOST_NAMES ? first : first + " and " + (pools.size() - MOST_NAMES) + " more";
    }

    /** Of two routes with the same match the second would never be taken. */
    private void sameMatch(Map<KeyPath, RouteSettings> routes) {
        Map<RouteSettings.Match, KeyPath> matches = new HashMap<>();
        routes.forEach((path, route) -> {
            KeyPath first = matches.putIfAbsent(route.match(), path);
            if (first != null) {
                problems.error(
                        document.places().nearestKey(path),
                        path,
                        "matches what " + first + " matches (expected: one route)");
            }
        });
    }

    /** Whether a request can find a pool, and each pool be found; where nothing misspelt may be what seems to be missing. */
    private void reach(Set<String> pools) {
        KeyPath path = KeyPath.ROOT.child("pools");
        if (document.isDamaged()
                || !Shape.of(Config.class)
                        .names()
                        .containsAll(document.root().entries().keySet())) {
            return;
        }
        if (isGiven("routes")) {
            Map<KeyPath, RouteSettings> routes = binder.made(RouteSettings.class);
            Set<String> reached =
                    routes.values().stream().map(RouteSettings::pool).collect(Collectors.toSet());
            boolean allRight = document.root().entries().get("routes") instanceof List<?> all
                    && all.size() == routes.size()
                    && pools.containsAll(reached);
            pools.stream()
                    .filter(pool -> allRight && !reached.contains(pool))
                    .map(path::child)
                    .forEach(
                            pool -> problems.warning(document.places().nearestKey(pool), pool, "no route leads to it"));
        } else if (pools.isEmpty()) {
            problems.error(
                    document.places().nearestKey(path), path, "none (expected: at least one, such as [pools.app])");
        } else if (pools.size() > 1) {
            problems.error(
                    null,
                    KeyPath.ROOT.child("routes"),
                    "none, but " + pools.size() + " pools (expected: [[routes]] that lead to them)");
        }
    }

    /** Whether the file has this table, or an element of it. */
    private boolean isGiven(String key) {
        Object raw = document.root().entries().get(key);
        return raw != null && !(raw instanceof List<?> list && list.isEmpty());
    }
}
