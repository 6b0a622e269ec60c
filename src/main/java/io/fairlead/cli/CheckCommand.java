package io.fairlead.cli;

import io.fairlead.config.Config;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.config.Reading;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.member.tls.TlsSettings;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.PoolSettings;
import io.fairlead.pool.StickySettings;
import io.fairlead.reload.Strategies;
import io.fairlead.route.RouteSettings;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fairlead check}: every error and warning of a file, then what it amounts to. Touches no network. */
@Command(
        name = "check",
        aliases = "-t",
        description = "Check a configuration without starting anything.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "config.toml",
            description = "The configuration (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("config.toml");

    @Option(names = "--json", description = "Print pools and routes as JSON.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("spec: missing (expected: set by picocli)");
        }
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        try {
            List<Plugin> plugins = Plugin.all();
            Reading reading = new ConfigReader(System.getenv()).readWithWarnings(file);
            reading.warnings().forEach(err::println);
            reading.config().pools().values().forEach(Strategies::of); // a plug-in may fail to
            if (json) {
                out.println(
                        toJson(reading.config()).put("plugins", toJson(plugins)).encodePrettily());
            } else {
                print(reading.config(), out);
                plugins.forEach(plugin -> out.println(plugin.line()));
            }
            return FairleadCommand.FINE;
        } catch (ConfigException e) {
            err.println(e.getMessage());
            return FairleadCommand.ERRORS;
        }
    }

    private void print(Config config, PrintWriter out) {
        out.println(file + ": fine");
        config.listeners().forEach(l -> out.printf("listener %s  %s%n", l.name(), l.address()));
        out.printf("admin  %s%n", config.admin().address());
        for (RouteSettings route : config.routes()) {
            out.printf("route  %s  -> pool %s%n", pattern(route), route.pool());
        }
        config.pools().forEach((name, pool) -> {
            out.printf("pool %s  %s, %s%n", name, pool.strategy().name(), health(pool));
            special(pool).forEach(line -> out.println("  " + line));
            for (MemberSettings member : pool.members()) {
                String tier = member.tier() == 0 ? "" : "  tier " + member.tier();
                out.printf("  member %s  %s  weight %d%s%n", member.id(), member.address(), member.weight(), tier);
            }
        });
    }

    private static String pattern(RouteSettings route) {
        String host = route.host().isEmpty() ? "any host" : route.host();
        return host + " " + route.pathExact().map(path -> "= " + path).orElse(route.path());
    }

    private static String health(PoolSettings pool) {
        return pool.health()
                .map(h -> h.type().name() + " probes every " + h.interval().toMillis() + " ms, rise " + h.rise()
                        + ", fall " + h.fall())
                .orElse("no health check");
    }

    /** What this pool does that others do not. */
    private static List<String> special(PoolSettings pool) {
        List<String> lines = new ArrayList<>();
        pool.tls().ifPresent(tls -> lines.add("tls  " + tls(tls)));
        if (!pool.slowStart().isZero()) {
            lines.add("slow start  " + pool.slowStart().toMillis() + " ms");
        }
        if (pool.maxConnections() > 0) {
            String queue = pool.maxQueue() == 0
                    ? "no queue"
                    : "queue of " + pool.maxQueue() + ", " + pool.queueTimeout().toMillis() + " ms at most";
            lines.add("limit  " + pool.maxConnections() + " in flight per member, " + queue);
        }
        if (pool.minAvailable().fraction() > 0) {
            lines.add("fail open  below " + pool.minAvailable() + " up");
        }
        if (!pool.outlier().equals(OutlierSettings.STANDARD)) {
            lines.add("outliers  " + ejection(pool.outlier()));
        }
        pool.sticky().ifPresent(sticky -> lines.add("sticky  cookie " + sticky.cookie()));
        return lines;
    }

    private static String tls(TlsSettings tls) {
        String name = tls.serverName().isEmpty() ? "each member's own name" : tls.serverName();
        return tls.verify() ? "verified, for " + name : "not verified";
    }

    private static String ejection(OutlierSettings outlier) {
        List<String> causes = new ArrayList<>();
        if (outlier.consecutiveFailures() > 0) {
            causes.add(outlier.consecutiveFailures() + " failures in a row");
        }
        if (outlier.latencyFactor() > 0) {
            causes.add("a p90 of " + outlier.latencyFactor() + " times the peers' median");
        }
        if (causes.isEmpty() || outlier.maxEjected().fraction() == 0) {
            return "never ejected";
        }
        String does = outlier.mode() == OutlierSettings.Mode.OBSERVE ? "observed, not ejected" : "ejected";
        return does + " for " + outlier.ejectionTime().toMillis() + " ms at " + String.join(" or ", causes) + ", "
                + outlier.maxEjected() + " of the members at most";
    }

    private static JsonObject toJson(Config config) {
        JsonArray listeners = new JsonArray();
        config.listeners()
                .forEach(l -> listeners.add(new JsonObject()
                        .put("name", l.name())
                        .put("address", l.address().toString())));
        JsonArray routes = new JsonArray();
        config.routes()
                .forEach(r -> routes.add(new JsonObject()
                        .put("host", r.host())
                        .put("path", r.path())
                        .put("path_exact", r.pathExact().orElse(null))
                        .put("pool", r.pool())));
        JsonArray pools = new JsonArray();
        config.pools().forEach((name, pool) -> pools.add(toJson(name, pool)));
        return new JsonObject()
                .put("admin", config.admin().address().toString())
                .put("listeners", listeners)
                .put("routes", routes)
                .put("pools", pools);
    }

    private static JsonArray toJson(List<Plugin> plugins) {
        JsonArray all = new JsonArray();
        plugins.forEach(plugin -> all.add(new JsonObject()
                .put("jar", plugin.jar().toString())
                .put("strategies", new JsonArray(plugin.strategies()))
                .put("probes", new JsonArray(plugin.probes()))));
        return all;
    }

    private static JsonObject toJson(String name, PoolSettings pool) {
        JsonArray members = new JsonArray();
        for (MemberSettings member : pool.members()) {
            members.add(new JsonObject()
                    .put("id", member.id())
                    .put("address", member.address().toString())
                    .put("weight", member.weight())
                    .put("tier", member.tier()));
        }
        return new JsonObject()
                .put("name", name)
                .put("strategy", pool.strategy().name())
                .put("health", health(pool))
                .put("tls", pool.tls().map(CheckCommand::tls).orElse(null))
                .put("slow_start_ms", pool.slowStart().toMillis())
                .put("max_connections", pool.maxConnections())
                .put("max_queue", pool.maxQueue())
                .put("queue_timeout_ms", pool.queueTimeout().toMillis())
                .put("min_available", pool.minAvailable().fraction())
                .put("sticky_cookie", pool.sticky().map(StickySettings::cookie).orElse(null))
                .put("members", members);
    }
}
