package io.fairlead.config;

import io.fairlead.config.Source.Span;
import io.fairlead.settings.Provider;
import io.fairlead.settings.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys whose values are secrets, wherever in the configuration. A value behind such a key, or behind a slip for one, is
 * masked in every line that is quoted, wherever the key stands; on a line that is no TOML, all that follows such a word is.
 */
final class SecretKeys {
    private static final Pattern WORD = Pattern.compile("([\\w-]+)[\"']?[ \\t]*[=:]?[ \\t]*");
    private static final Pattern PART = Pattern.compile("[^A-Za-z0-9]+");

    private final Binder.Implementations implementations;
    private final Set<Type> seen = new HashSet<>();
    private final Set<String> names = new HashSet<>();
    /** Of tables whose values are secrets, whatever their keys. */
    private final Set<String> tables = new HashSet<>();

    private SecretKeys(Binder.Implementations implementations) {
        this.implementations = implementations;
    }

    /** All of them that a record and what it is made of have. */
    static SecretKeys in(Class<? extends Record> type, Binder.Implementations implementations) {
        SecretKeys keys = new SecretKeys(implementations);
        keys.collect(type);
        return keys;
    }

    /** What must not be shown of a file. */
    List<Span> spans(Places places, Source source, List<Span> misspeltLines) {
        Map<String, Boolean> known = new HashMap<>();
        Predicate<String> isNear = key -> known.computeIfAbsent(key, this::isNear);
        List<Span> spans = new ArrayList<>(places.valuesOf(path -> isNear.test(path.step()) || isInTable(path)));
        for (Span line : misspeltLines) {
            Matcher word = WORD.matcher(source.text()).region(line.start(), line.end());
            while (word.find()) {
                if (isNear.test(word.group(1))) {
                    spans.add(new Span(word.end(), line.end()));
                    break;
                }
            }
        }
        return spans;
    }

    private boolean isInTable(KeyPath path) {
        KeyPath table = path.parent();
        return table != null && tables.stream().anyMatch(name -> Spelling.isNear(table.step(), name));
    }

    /** Whether the key, or a part of it, is one of these, or a slip for one. */
    private boolean isNear(String key) {
        return names.stream()
                        .anyMatch(name -> Spelling.isNear(key, name)
                                || PART.splitAsStream(key).anyMatch(part -> Spelling.isNear(part, name)))
                || tables.stream().anyMatch(name -> Spelling.isNear(key, name));
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
            boolean isTable = key.type() instanceof ParameterizedType generic && generic.getRawType() == Map.class;
            (isTable ? tables : names).add(key.name());
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
