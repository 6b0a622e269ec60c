package io.fairlead.config;

import io.fairlead.config.Written.Entry;
import io.fairlead.config.Written.Plain;
import io.fairlead.config.Written.Row;
import io.fairlead.config.Written.Rows;
import io.fairlead.config.Written.Table;
import io.fairlead.config.Written.Table.Style;
import io.fairlead.settings.Choice;
import io.fairlead.settings.FromString;
import io.fairlead.settings.Secret;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Writes settings records as tables of a file: what a {@link Binder} makes of tables, backwards, and by the same rules, so
 * that a new settings record or key needs nothing here.
 */
final class Transcript {
    private static final ClassValue<List<Method>> NAMES = new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
            return Stream.of("id", "name")
                    .flatMap(name -> Stream.of(type.getMethods())
                            .filter(method -> method.getName().equals(name) && isName(method)))
                    .peek(method -> method.setAccessible(true))
                    .toList();
        }
    };

    // What keys stand for that are absent; as many as there are keys.
    private static final Map<Shape.Key, Object> STANDARDS = new ConcurrentHashMap<>();

    private Transcript() {}

    /** The table that stands for a settings record. */
    static Table of(Object settings) {
        boolean mayBeString = settings.getClass().isAnnotationPresent(FromString.class);
        return new Table(settings, () -> entries(settings), mayBeString ? Style.FIRST_KEY : Style.HEADER);
    }

    private static List<Entry> entries(Object settings) {
        Shape shape = Shape.of(settings.getClass());
        Object[] values = shape.values(settings);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            Shape.Key key = shape.keys().get(i);
            if (values[i] instanceof Choice choice && key.spi().isPresent()) {
                boolean isStandard = key.defaultText().equals(Optional.of(choice.name()));
                entries.add(new Entry(key.name(), new Plain(choice.name()), () -> isStandard));
                entries.addAll(entries(choice.options()));
            } else if (values[i] instanceof Optional<?> optional) {
                optional.ifPresent(present -> entries.add(
                        new Entry(key.name(), written(Conversion.argument(key.type(), 0), present), () -> false)));
            } else {
                Written written = written(key.type(), values[i]);
                int index = i;
                entries.add(new Entry(
                        key.name(), written, () -> isStandard(key, written) || isFilledIn(index, shape, settings)));
            }
        }
        return entries;
    }

    private static Written written(Type type, Object value) {
        if (value instanceof Map<?, ?> map) {
            return table(type, map);
        }
        if (value instanceof List<?> list && Conversion.isTable(Conversion.argument(type, 0))) {
            return rows(list);
        }
        return Conversion.isTable(type) ? of(value) : new Plain(value);
    }

    private static Table table(Type type, Map<?, ?> map) {
        Type element = Conversion.argument(type, 1);
        List<Entry> entries = map.entrySet().stream()
                .map(entry -> new Entry(entry.getKey().toString(), written(element, entry.getValue()), () -> false))
                .toList();
        boolean headers = entries.stream().anyMatch(entry -> !entry.written().isInline());
        return new Table(map, () -> entries, headers ? Style.HEADER : Style.BRACES);
    }

    private static Rows rows(List<?> list) {
        Map<String, Integer> seen = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Object element : list) {
            String name = name(element).orElse("[" + rows.size() + "]");
            int before = seen.merge(name, 1, Integer::sum) - 1;
            rows.add(new Row(before == 0 ? name : name + " (" + before + ")", of(element)));
        }
        return new Rows(list, rows);
    }

    /** A secret that came from elsewhere is said to do so, even if there is none at present. */
    private static boolean isStandard(Shape.Key key, Written written) {
        if (written.value() instanceof Secret secret && secret.reference().isPresent()) {
            return false;
        }
        if (key.defaultText().isPresent()) {
            return STANDARDS.computeIfAbsent(key, Transcript::byDefault).equals(written.value());
        }
        return written instanceof Table table && table.all().stream().allMatch(Entry::isStandard);
    }

    /** No default is a relative path but the empty one, so any directory will do. */
    private static Object byDefault(Shape.Key key) {
        return new Texts(new ConsultedFiles(Path.of("")))
                .read(key.type(), key.defaultText().orElseThrow());
    }

    /** Whether the record puts just this value in place of an empty text, as a member does with its id. */
    private static boolean isFilledIn(int index, Shape shape, Object settings) {
        Shape.Key key = shape.keys().get(index);
        if (key.type() != String.class || !key.defaultText().equals(Optional.of(""))) {
            return false;
        }
        Object[] values = shape.values(settings);
        values[index] = "";
        try {
            return shape.make(values).equals(settings);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** What people call an element of an array: its id, or else its name; empty: it has neither. */
    private static Optional<String> name(Object settings) {
        return NAMES.get(settings.getClass()).stream()
                .map(method -> Shape.call(method, settings).toString())
                .findFirst();
    }

    private static boolean isName(Method method) {
        return method.getReturnType() == String.class && method.getParameterCount() == 0;
    }
}
