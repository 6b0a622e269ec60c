package io.fairlead.config;

import io.fairlead.config.Source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Where keys, values, tables and elements stand in a file, by path. */
final class Places {
    private final Map<KeyPath, Span> keys = new HashMap<>();
    private final Map<KeyPath, Written> values = new HashMap<>();
    private final List<Written> writtenValues = new ArrayList<>();

    /** A value being read: until its end is known, it may reach to the end of its line. */
    private static final class Written {
        private final KeyPath path;
        private int start;
        private int end;
        private boolean open = true;

        Written(KeyPath path) {
            this.path = path;
        }
    }

    /** Notes a key, a part of a header, or an element of an array of tables. */
    void key(KeyPath path, Span span) {
        keys.putIfAbsent(path, span);
    }

    /** Notes a better place for a key. */
    void moveKey(KeyPath path, Span span) {
        keys.put(path, span);
    }

    /** Notes a key whose value may be anything up to the line's end. */
    void beginKey(KeyPath path, Span span, int lineEnd) {
        key(path, span);
        beginValue(path, span.end(), lineEnd);
    }

    /** Notes where a value, of a key or in an array, begins. */
    void beginValue(KeyPath path, int start, int lineEnd) {
        Written value = values.get(path);
        if (value == null || !value.open) {
            value = new Written(path);
            writtenValues.add(value);
            values.put(path, value);
        }
        value.start = start;
        value.end = lineEnd;
    }

    /** Notes where the value that began there ends. */
    void endValue(KeyPath path, int end) {
        Written value = values.get(path);
        if (value != null) {
            value.end = end;
            value.open = false;
        }
    }

    /** The key, or the nearest table or array around it; null: nothing of it is in the file. */
    @Nullable
    Span nearestKey(KeyPath path) {
        Span span = keys.get(path);
        return span != null || path.parent() == null ? span : nearestKey(path.parent());
    }

    /** The value, or else the nearest table, array or value around it; null: nothing of it is in the file. */
    @Nullable
    Span nearestValue(KeyPath path) {
        Written value = values.get(path);
        if (value != null) {
            return new Span(value.start, value.end);
        }
        Span key = keys.get(path);
        return key != null || path.parent() == null ? key : nearestValue(path.parent());
    }

    /** All values under such paths, those that are given twice or belong nowhere included. */
    List<Span> valuesOf(Predicate<KeyPath> wanted) {
        return writtenValues.stream()
                .filter(value -> wanted.test(value.path))
                .map(value -> new Span(value.start, value.end))
                .toList();
    }
}
