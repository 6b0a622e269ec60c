package io.fairlead.cli;

import io.fairlead.balance.StrategyProvider;
import io.fairlead.health.ProbeProvider;
import io.fairlead.settings.PluginJars;
import io.fairlead.settings.Providers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A jar, or a directory of classes, that was plugged in: beside Fairlead's jar or on the class path.
 *
 * @param strategies the names that it adds
 * @param probes the names that it adds
 */
record Plugin(Path jar, List<String> strategies, List<String> probes) {
    /**
     * All there are, by path. A jar that only others need adds no name.
     *
     * @throws IllegalStateException if one cannot be used
     */
    static List<Plugin> all() {
        Map<Path, Plugin> all = new TreeMap<>();
        PluginJars.paths().forEach(jar -> at(jar, all));
        foreign(Providers.of(StrategyProvider.class))
                .forEach((name, jar) -> at(jar, all).strategies.add(name));
        foreign(Providers.of(ProbeProvider.class))
                .forEach((name, jar) -> at(jar, all).probes.add(name));
        return List.copyOf(all.values());
    }

    /** The names of those that did not come with Fairlead, and where they came from. */
    private static Map<String, Path> foreign(Map<String, ?> providers) {
        Optional<Path> own = PluginJars.codeSource(Providers.class);
        Map<String, Path> foreign = new TreeMap<>();
        providers.forEach((name, provider) -> PluginJars.codeSource(provider.getClass())
                .filter(jar -> !own.equals(Optional.of(jar)))
                .ifPresent(jar -> foreign.put(name, jar)));
        return foreign;
    }

    private static Plugin at(Path jar, Map<Path, Plugin> all) {
        return all.computeIfAbsent(jar, path -> new Plugin(path, new ArrayList<>(), new ArrayList<>()));
    }

    /** What it is and adds, on one line. */
    String line() {
        String added = Stream.concat(
                        strategies.stream().map(name -> "strategy " + name),
                        probes.stream().map(name -> "probe " + name))
                .collect(Collectors.joining(", "));
        return "plug-in " + jar + "  " + (added.isEmpty() ? "no strategy or probe of its own" : added);
    }
}
