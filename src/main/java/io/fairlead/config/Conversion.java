package io.fairlead.config;

import io.fairlead.config.Interpolation.Expanded;
import io.fairlead.settings.FromString;
import io.fairlead.settings.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns values of a file into values of settings: types checked, references to the environment and to files replaced. What
 * cannot be turned is reported and null. Remembers which values may not be shown.
 */
final class Conversion {
    private static final List<String> UNITS = List.of("%d", "%d%%", ":%d", "%dB");

    private final Places places;
    private final Problems problems;
    private final Texts texts;
    private final Interpolation interpolation;
    private final Map<KeyPath, String> hidden = new HashMap<>();

    Conversion(Places places, Problems problems, Texts texts, Interpolation interpolation) {
        this.places = places;
        this.problems = problems;
        this.texts = texts;
        this.interpolation = interpolation;
    }

    /** A default. */
    Object written(Type type, String text) {
        return texts.read(type, text);
    }

    /** Whether the value, or a part of it, may not be shown. */
    boolean isHidden(KeyPath path) {
        return hidden.keySet().stream().anyMatch(secret -> secret.isWithin(path));
    }

    /** A message about a value, less the value if that may not be shown: then only what was expected is left of it. */
    String shown(KeyPath path, String message) {
        if (!isHidden(path)) {
            return message;
        }
        int rule = message.indexOf("(expected: ");
        return hidden.getOrDefault(path, "refused") + (rule < 0 ? "" : " " + message.substring(rule));
    }

    /** A value of the file as one of this type; null, and the reason reported, if it is none. */
    @Nullable
    Object value(Type type, Object raw, KeyPath path, Binder binder) {
        if (raw == TomlDocument.BROKEN) {
            return null;
        }
        Class<?> wanted = raw(type);
        if (wanted == Optional.class) {
            Object value = value(argument(type, 0), raw, path, binder);
            return value == null ? null : Optional.of(value);
        }
        if (wanted == List.class || wanted == Set.class) {
            return raw instanceof List<?> list ? elements(type, list, path, binder) : wrongType(type, raw, path);
        }
        if (wanted == Map.class) {
            return raw instanceof Map<?, ?> map ? entries(type, map, path, binder) : wrongType(type, raw, path);
        }
        if (isTable(type)) {
            return table(wanted, raw, path, binder);
        }
        return raw instanceof String text ? text(wanted, text, path) : bare(wanted, raw, path);
    }

    /** Whether values of this type are written as tables. */
    static boolean isTable(Type type) {
        return type instanceof Class<?> wanted && wanted.isRecord() && Texts.parser(wanted) == null;
    }

    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private @Nullable Object table(Class<?> type, Object raw, KeyPath path, Binder binder) {
        if (raw instanceof Map<?, ?> map) {
            Map<String, Object> table = new LinkedHashMap<>();
            map.forEach((key, value) -> table.put((String) key, value));
            return binder.record(type, table, path);
        }
        if (raw instanceof String && type.isAnnotationPresent(FromString.class)) {
            return binder.record(type, Map.of(Shape.of(type).names().get(0), raw), path);
        }
        return wrongType(type, raw, path);
    }

    private @Nullable Object elements(Type type, List<?> list, KeyPath path, Binder binder) {
        Collection<Object> elements = raw(type) == Set.class ? new LinkedHashSet<>() : new ArrayList<>();
        boolean complete = true;
        for (int i = 0; i < list.size(); i++) {
            KeyPath at = path.element(i);
            Object element = value(argument(type, 0), list.get(i), at, binder);
            complete &= element != null;
            if (element != null && !elements.add(element)) {
                problems.error(places.nearestValue(at), at, shown(at, "\"" + list.get(i) + "\" twice"));
                complete = false;
            }
        }
        return complete ? elements : null;
    }

    /** In the order of the file, which toml4j does not keep for an inline table. */
    private @Nullable Object entries(Type type, Map<?, ?> map, KeyPath path, Binder binder) {
        Map<String, Object> sorted = new TreeMap<>(Comparator.comparingInt((String key) -> start(path.child(key)))
                .thenComparing(Comparator.naturalOrder()));
        map.forEach((key, value) -> sorted.put((String) key, value));
        Map<Object, Object> entries = new LinkedHashMap<>();
        sorted.forEach((key, raw) -> {
            Object value = value(argument(type, 1), raw, path.child(key), binder);
            if (value != null) {
                entries.put(key, value);
            }
        });
        return entries.size() == map.size() ? Collections.unmodifiableMap(entries) : null;
    }

    private int start(KeyPath path) {
        Source.Span key = places.nearestKey(path);
        return key == null ? 0 : key.start();
    }

    private @Nullable Object text(Class<?> type, String text, KeyPath path) {
        try {
            if (type == Secret.class) {
                hidden.put(path, "the secret");
            }
            Expanded expanded = interpolation.expand(text);
            if (expanded.foreign()) {
                hidden.putIfAbsent(path, "\"" + text + "\"");
            } else if (type.isPrimitive()) {
                return wrongType(type, text, path);
            }
            Object value = read(type, expanded.text(), path);
            return value instanceof Secret secret
                    ? Interpolation.withoutSecrets(text).map(secret::takenFrom).orElse(secret)
                    : value;
        } catch (IllegalArgumentException e) {
            problems.error(places.nearestValue(path), path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private @Nullable Object read(Class<?> type, String text, KeyPath path) {
        try {
            return texts.read(type, text);
        } catch (IllegalArgumentException e) {
            Optional<String> nearest = isHidden(path) ? Optional.empty() : Spelling.nearest(text, Texts.words(type));
            problems.error(places.nearestValue(path), path, shown(path, String.valueOf(e.getMessage())), nearest);
            return null;
        }
    }

    /** A number or a boolean, or what is none although one was expected. */
    private @Nullable Object bare(Class<?> type, Object raw, KeyPath path) {
        if (raw instanceof Boolean && type == boolean.class) {
            return raw;
        }
        if (raw instanceof Number number && type == double.class) {
            return number.doubleValue();
        }
        if (raw instanceof Long && (type == int.class || type == long.class)) {
            return read(type, raw.toString(), path);
        }
        Optional<String> fix = raw instanceof Number ? fix(type, raw) : Optional.empty();
        if (fix.isPresent()) {
            problems.error(
                    places.nearestValue(path),
                    path,
                    "expected " + Kinds.expected(type) + ", found a bare number (write \"" + fix.get() + "\")");
            return null;
        }
        return wrongType(type, raw, path);
    }

    /** How a bare number is to be written where a unit is needed. */
    private Optional<String> fix(Class<?> type, Object number) {
        if (type == Duration.class) {
            return Optional.of(
                    number instanceof Double seconds ? Math.round(Math.abs(seconds) * 1000) + "ms" : number + "s");
        }
        if (!(number instanceof Long) || Texts.parser(type) == null) {
            return Optional.empty();
        }
        return UNITS.stream()
                .map(unit -> String.format(unit, number))
                .filter(text -> isReadable(type, text))
                .findFirst();
    }

    private boolean isReadable(Class<?> type, String text) {
        try {
            texts.read(type, text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private @Nullable Object wrongType(Type type, Object raw, KeyPath path) {
        problems.error(places.nearestValue(path), path, expected(type, raw) + form(type, raw, path));
        return null;
    }

    private static String expected(Type type, Object raw) {
        return "expected " + Kinds.expected(type) + ", found " + Kinds.found(raw);
    }

    /** How it is written, where brackets were mixed up. */
    private static String form(Type type, Object raw, KeyPath path) {
        boolean tables = raw(type) == List.class && isTable(argument(type, 0));
        if (tables && raw instanceof Map) {
            return " (write [[" + path + "]])";
        }
        if (raw instanceof String && Collection.class.isAssignableFrom(raw(type))) {
            return " (write it in brackets, [\"...\"])";
        }
        return isTable(type) && raw instanceof List ? " (write [" + path + "])" : "";
    }
}
