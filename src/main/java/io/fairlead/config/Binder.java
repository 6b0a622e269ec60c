package io.fairlead.config;

import io.fairlead.settings.Choice;
import io.fairlead.settings.Provider;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Binds tables of a file to settings records: a key per component, absent ones by their {@code @Default}, choices with the
 * options of what was chosen. Goes on after an error, so that one run finds them all; what could not be made is null.
 */
final class Binder {
    // What a settings record's constructor says: "component: value (expected: rule)".
    private static final Pattern REFUSAL = Pattern.compile("([a-z0-9_]+): (.*)", Pattern.DOTALL);

    private final TomlDocument document;
    private final Conversion conversion;
    private final Problems problems;
    private final Implementations implementations;
    private final Map<KeyPath, Object> made = new LinkedHashMap<>();

    /** Finds what a choice chooses from, by name. */
    @FunctionalInterface
    interface Implementations {
        SortedMap<String, ? extends Provider<?>> of(Class<?> spi);

        /** The same, each looked for once, since that goes through the class path. Confined. */
        default Implementations remembered() {
            Map<Class<?>, SortedMap<String, ? extends Provider<?>>> found = new HashMap<>();
            return spi -> {
                if (!found.containsKey(spi)) {
                    found.put(spi, of(spi));
                }
                return Objects.requireNonNull(found.get(spi));
            };
        }
    }

    Binder(TomlDocument document, Conversion conversion, Problems problems, Implementations implementations) {
        this.document = document;
        this.conversion = conversion;
        this.problems = problems;
        this.implementations = implementations;
    }

    /** The records of this type that were made, whatever became of those around them; by path, in the order of the file. */
    <R> Map<KeyPath, R> made(Class<R> type) {
        Map<KeyPath, R> records = new LinkedHashMap<>();
        made.forEach((path, made) -> {
            if (type.isInstance(made)) {
                records.put(path, type.cast(made));
            }
        });
        return records;
    }

    /** The record of this type that the table stands for; null, and the reasons reported, if it is not right. */
    @Nullable
    Object record(Class<?> type, Map<String, Object> table, KeyPath path) {
        Shape shape = Shape.of(type);
        Fields fields = new Fields(shape, table, path);
        Object[] values = new Object[shape.keys().size()];
        for (int i = 0; i < values.length; i++) {
            Shape.Key key = shape.keys().get(i);
            Object value = key.spi().isPresent() ? choice(key, fields) : component(key, fields);
            if (value != null) {
                values[i] = value;
            }
        }
        reportUnknown(fields);
        return make(values, fields);
    }

    /** The record with all its defaults; null if it has a component without one. */
    @Nullable
    Object defaults(Class<?> type) {
        Problems unheard = new Problems(new Source("", ""));
        return new Binder(document, conversion, unheard, implementations).record(type, Map.of(), KeyPath.NOWHERE);
    }

    /** A table being bound. */
    private static final class Fields {
        private final Shape shape;
        private final Map<String, Object> table;
        private final KeyPath path;
        private final Set<String> known;
        private final Set<String> unclaimed;

        Fields(Shape shape, Map<String, Object> table, KeyPath path) {
            this.shape = shape;
            this.table = table;
            this.path = path;
            this.known = new LinkedHashSet<>(shape.names());
            this.unclaimed = new LinkedHashSet<>(table.keySet());
            unclaimed.removeAll(known);
        }

        void claim(List<String> keys) {
            known.addAll(keys);
            keys.forEach(unclaimed::remove);
        }
    }

    /**
     * Makes the record. A constructor tells of one refused value at a time, and of none while one is missing: so a default
     * stands in for each such value, only to hear about the others.
     */
    private @Nullable Object make(Object[] values, Fields fields) {
        Set<Integer> replaced = new LinkedHashSet<>();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null && !replace(i, values, replaced, fields.shape)) {
                return null;
            }
        }
        while (true) {
            try {
                Object made = fields.shape.make(values);
                if (replaced.isEmpty()) {
                    this.made.put(fields.path, made);
                }
                return replaced.isEmpty() ? made : null;
            } catch (IllegalArgumentException e) {
                String message = String.valueOf(e.getMessage());
                int refused = fields.shape.names().indexOf(message.split(":", 2)[0]);
                if (!replaced.contains(refused)) {
                    refused(message, fields);
                }
                if (!replace(refused, values, replaced, fields.shape)) {
                    return null;
                }
            }
        }
    }

    /** Puts the default there; false if there is none or it is there already. */
    private boolean replace(int index, Object[] values, Set<Integer> replaced, Shape shape) {
        Object standIn = index < 0 ? null : standIn(shape.keys().get(index));
        if (standIn == null || !replaced.add(index)) {
            return false;
        }
        values[index] = standIn;
        return true;
    }

    private @Nullable Object standIn(Shape.Key key) {
        if (key.defaultText().isPresent() && key.spi().isEmpty()) {
            return conversion.written(key.type(), key.defaultText().get());
        }
        if (Conversion.raw(key.type()) == Optional.class) {
            return Optional.empty();
        }
        return Conversion.isTable(key.type()) ? defaults((Class<?>) key.type()) : null;
    }

    private void refused(String message, Fields fields) {
        Matcher matcher = REFUSAL.matcher(message);
        boolean placed = matcher.matches() && fields.known.contains(matcher.group(1));
        KeyPath path = placed ? fields.path.child(matcher.group(1)) : fields.path;
        problems.error(
                document.places().nearestValue(path),
                path,
                conversion.shown(path, placed ? matcher.group(2) : message));
    }

    private @Nullable Object component(Shape.Key key, Fields fields) {
        Object raw = fields.table.get(key.name());
        KeyPath path = fields.path.child(key.name());
        return raw != null ? conversion.value(key.type(), raw, path, this) : absent(key, path, fields);
    }

    private @Nullable Object absent(Shape.Key key, KeyPath path, Fields fields) {
        Type type = key.type();
        if (key.defaultText().isPresent()) {
            return conversion.written(type, key.defaultText().get());
        }
        if (Conversion.raw(type) == Optional.class) {
            return Optional.empty();
        }
        if (Conversion.isTable(type)) {
            return record((Class<?>) type, Map.of(), path);
        }
        boolean misspelt = Spelling.nearest(key.name(), fields.unclaimed).isPresent();
        if (!document.isDamaged() && !misspelt) {
            problems.error(document.places().nearestKey(path), path, "missing (there is no default)");
        }
        return null;
    }

    private @Nullable Object choice(Shape.Key key, Fields fields) {
        KeyPath path = fields.path.child(key.name());
        SortedMap<String, ? extends Provider<?>> all =
                implementations.of(key.spi().orElseThrow());
        Object raw = fields.table.get(key.name());
        Object name = raw != null
                ? conversion.value(String.class, raw, path, this)
                : key.defaultText().orElseThrow();
        Provider<?> chosen = name == null ? null : all.get(name.toString());
        if (chosen == null) {
            all.values()
                    .forEach(provider ->
                            fields.claim(Shape.of(provider.optionsType()).names()));
            if (name != null) {
                unknownName(name.toString(), all.keySet(), path);
            }
            return null;
        }
        Object options = options(chosen, fields);
        reportMisplaced(key, chosen, all, fields);
        return options == null ? null : new Choice(chosen.name(), (Record) options);
    }

    private @Nullable Object options(Provider<?> chosen, Fields fields) {
        List<String> keys = Shape.of(chosen.optionsType()).names();
        if (keys.stream().anyMatch(fields.shape.names()::contains)) {
            throw new IllegalStateException(chosen.optionsType().getName() + ": one of its options " + keys
                    + " goes by the name of a key that is there already (rename it)");
        }
        Map<String, Object> own = new HashMap<>(fields.table);
        own.keySet().retainAll(fields.unclaimed);
        own.keySet().retainAll(keys);
        fields.claim(keys);
        return record(chosen.optionsType(), own, fields.path);
    }

    private void unknownName(String name, Set<String> names, KeyPath path) {
        problems.error(
                document.places().nearestValue(path),
                path,
                conversion.shown(path, "\"" + name + "\" (expected: one of " + String.join(", ", names) + ")"),
                conversion.isHidden(path) ? Optional.empty() : Spelling.nearest(name, names));
    }

    /** Says of keys that are options of another implementation whose they are. */
    private void reportMisplaced(
            Shape.Key key, Provider<?> chosen, SortedMap<String, ? extends Provider<?>> all, Fields fields) {
        for (String name : List.copyOf(fields.unclaimed)) {
            List<String> owners = all.values().stream()
                    .filter(provider -> Shape.of(provider.optionsType()).names().contains(name))
                    .map(provider -> key.name() + " = \"" + provider.name() + "\"")
                    .toList();
            if (!owners.isEmpty()) {
                KeyPath path = fields.path.child(name);
                fields.unclaimed.remove(name);
                problems.error(
                        document.places().nearestKey(path),
                        path,
                        "a key of " + String.join(" and ", owners) + ", but " + key.name() + " is \"" + chosen.name()
                                + "\"");
            }
        }
    }

    private void reportUnknown(Fields fields) {
        for (String name : fields.unclaimed) {
            KeyPath path = fields.path.child(name);
            Optional<String> nearest = Spelling.nearest(name, fields.known);
            if (nearest.isEmpty() && fields.table.get(name) == TomlDocument.BROKEN) {
                continue; // such as the first part of a dotted key, of which everything was said
            }
            List<String> known = new ArrayList<>(fields.known);
            problems.error(
                    document.places().nearestKey(path),
                    path,
                    nearest.isPresent() || known.isEmpty()
                            ? "unknown key"
                            : "unknown key (expected: one of " + String.join(", ", known) + ")",
                    nearest);
        }
    }
}
