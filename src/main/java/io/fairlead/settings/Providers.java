package io.fairlead.settings;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Finds the implementations of an SPI: Fairlead's own and plug-ins on the class path by {@link ServiceLoader}, and those in
 * the {@link PluginJars}. Any thread.
 */
public final class Providers {
    private static final Pattern KEBAB = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    private Providers() {}

    /**
     * All implementations by name, sorted.
     *
     * @throws IllegalStateException if one cannot be had, or two go by the same name; the message has a line for each, with
     *     the jar and the class
     */
    public static <P extends Provider<?>> SortedMap<String, P> of(Class<P> spi) {
        return of(spi, PluginJars.installed());
    }

    /** The same, with the plug-ins in other jars. */
    static <P extends Provider<?>> SortedMap<String, P> of(Class<P> spi, PluginJars jars) {
        List<String> problems = new ArrayList<>();
        List<P> all = onClassPath(spi, problems);
        for (PluginJars.Offer offer : jars.offers(spi, problems)) {
            try {
                P provider = offer.make(spi);
                if (all.stream().noneMatch(other -> other.getClass() == provider.getClass())) {
                    all.add(provider); // or else the jar is on the class path too
                }
            } catch (IllegalStateException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        SortedMap<String, P> byName = new TreeMap<>();
        all.forEach(provider -> name(provider, byName, problems));
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("\n", problems));
        }
        return Collections.unmodifiableSortedMap(byName);
    }

    private static <P extends Provider<?>> List<P> onClassPath(Class<P> spi, List<String> problems) {
        List<P> all = new ArrayList<>();
        Iterator<P> found = ServiceLoader.load(spi, spi.getClassLoader()).iterator();
        try {
            while (found.hasNext()) {
                all.add(found.next());
            }
        } catch (ServiceConfigurationError | LinkageError e) {
            String cause = e.getCause() == null ? "" : ": " + e.getCause();
            problems.add("class path: " + e.getMessage() + cause + " (correct that jar, or leave it out)");
        }
        return all;
    }

    private static <P extends Provider<?>> void name(P provider, SortedMap<String, P> byName, List<String> problems) {
        try {
            String name = provider.name();
            Class<?> options = provider.optionsType();
            if (name == null || !KEBAB.matcher(name).matches()) {
                problems.add(place(provider) + ": name: " + name + " (expected: lower case, in kebab-case)");
            } else if (options == null || options.getRecordComponents() == null) {
                problems.add(place(provider) + ": optionsType: " + options + " (expected: the class of a record)");
            } else {
                P other = byName.putIfAbsent(name, provider);
                if (other != null) {
                    problems.add(name + ": both " + place(other) + " and " + place(provider)
                            + " go by this name (rename or remove one)");
                }
            }
        } catch (RuntimeException | LinkageError e) {
            problems.add(place(provider) + ": its name or options cannot be had: " + e);
        }
    }

    /** Where somebody finds it: {@code plugins/zone.jar: com.example.ByZone}. */
    public static String place(Provider<?> provider) {
        Class<?> type = provider.getClass();
        return PluginJars.codeSource(type).map(jar -> jar + ": ").orElse("") + type.getName();
    }

    /**
     * The implementation that goes by this name.
     *
     * @throws NoSuchElementException if there is none
     * @throws IllegalStateException as {@link #of} does
     */
    public static <P extends Provider<?>> P named(Class<P> spi, String name) {
        SortedMap<String, P> all = of(spi);
        P provider = all.get(name);
        if (provider == null) {
            throw new NoSuchElementException(
                    spi.getSimpleName() + ": " + name + " (expected: one of " + all.keySet() + ")");
        }
        return provider;
    }
}
