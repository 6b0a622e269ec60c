package io.fairlead.settings;

import java.util.Collections;
import java.util.NoSuchElementException;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the implementations of an SPI by {@link ServiceLoader}: Fairlead's own and plug-ins alike. */
public final class Providers {
    private Providers() {}

    /**
     * All implementations on the class path by name, sorted.
     *
     * @throws IllegalStateException if two go by the same name
     */
    public static <P extends Provider<?>> SortedMap<String, P> of(Class<P> spi) {
        SortedMap<String, P> byName = new TreeMap<>();
        for (P provider : ServiceLoader.load(spi, spi.getClassLoader())) {
            P other = byName.putIfAbsent(provider.name(), provider);
            if (other != null) {
                throw new IllegalStateException(
                        provider.name() + ": both " + other.getClass().getName() + " and "
                                + provider.getClass().getName() + " go by this name");
            }
        }
        return Collections.unmodifiableSortedMap(byName);
    }

    /**
     * The implementation that goes by this name.
     *
     * @throws NoSuchElementException if there is none
     */
    public static <P extends Provider<?>> P named(Class<P> spi, String name) {
        P provider = of(spi).get(name);
        if (provider == null) {
            throw new NoSuchElementException(
                    spi.getSimpleName() + ": " + name + " (expected: one of " + of(spi).keySet() + ")");
        }
        return provider;
    }
}
