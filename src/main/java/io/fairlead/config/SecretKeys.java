package io.fairlead.config;

import io.fairlead.settings.Provider;
import io.fairlead.settings.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Set;

/**
 * The keys whose values are secrets, wherever in the configuration. A value behind such a key, or behind a slip for one, is
 * masked in every line that is quoted, whether or not the line could be read or the key stands where it belongs.
 */
final class SecretKeys {
    private final Binder.Implementations implementations;
    private final Set<Type> seen = new HashSet<>();
    private final Set<String> names = new HashSet<>();

    private SecretKeys(Binder.Implementations implementations) {
        this.implementations = implementations;
    }

    /** All of them that a record and what it is made of have. */
    static SecretKeys in(Class<? extends Record> type, Binder.Implementations implementations) {
        SecretKeys keys = new SecretKeys(implementations);
        keys.collect(type);
        return keys;
    }

    /** Whether what stands under this path may be a secret. */
    boolean mayLeadTo(KeyPath path) {
        return names.stream().anyMatch(name -> Spelling.isNear(path.step(), name));
    }

    private void collect(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                collect(argument);
            }
        } else if (Conversion.isTable(type) && seen.add(type)) {
            Shape.of((Class<?>) type).keys().forEach(this::collect);
        }
    }

    private void collect(Shape.Key key) {
        if (holdsSecret(key.type())) {
            names.add(key.name());
        }
        key.spi().ifPresent(spi -> {
            for (Provider<?> provider : implementations.of(spi).values()) {
                collect(provider.optionsType());
            }
        });
        collect(key.type());
    }

    private static boolean holdsSecret(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                if (holdsSecret(argument)) {
                    return true;
                }
            }
        }
        return type == Secret.class;
    }
}
