package io.fairlead.config;

import io.fairlead.config.Cursor.SyntaxException;
import io.fairlead.config.Cursor.Word;
import io.fairlead.config.Source.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a file holds: its tables by TOML's rules, each defined once, in the order of the file; and where all of it stands. */
final class TomlDocument {
    /** Stands for a value that could not be read, and about which everything was said. */
    static final Object BROKEN = new Object();

    /**
     * A table of the file.
     *
     * @param path where it belongs
     * @param entries a String, Long, Double, Boolean, List, Map or {@link #BROKEN} by key
     */
    record Table(KeyPath path, Map<String, Object> entries) {
        Table(KeyPath path) {
            this(path, new LinkedHashMap<>());
        }
    }

    private enum Definition {
        /** By the header of a table in it. */
        IMPLICIT,
        /** By its own header. */
        EXPLICIT,
        /** By a header in double brackets. */
        ARRAY,
        /** By a key. */
        VALUE
    }

    private final Source source;
    private final Places places;
    private final Table root = new Table(KeyPath.ROOT);
    private final Map<KeyPath, Table> tables = new HashMap<>();
    private final Map<KeyPath, List<Object>> arrays = new HashMap<>();
    private final Map<KeyPath, Definition> definitions = new HashMap<>();
    private boolean damaged;

    TomlDocument(Source source) {
        this.source = source;
        this.places = new Places();
    }

    Table root() {
        return root;
    }

    Places places() {
        return places;
    }

    /** Whether a line was lost without a key to tell by, so that what seems to be missing may have stood there. */
    boolean isDamaged() {
        return damaged;
    }

    void damage() {
        damaged = true;
    }

    /** The table that this header begins, which is the next element if the header is that of an array of tables. */
    Table open(List<Word> header, boolean array) throws SyntaxException {
        Table table = root;
        for (Word name : header.subList(0, header.size() - 1)) {
            table = descend(table, name);
        }
        Word last = header.get(header.size() - 1);
        return array ? append(table, last) : define(table, last);
    }

    /** Says what stands in the way of a key with a value; null: nothing, and the place is taken now. */
    @Nullable
    String claim(KeyPath path) {
        Definition present = definitions.putIfAbsent(path, Definition.VALUE);
        if (present == null) {
            return null;
        }
        return (present == Definition.VALUE ? "given twice, first" : "a table already,") + onLine(path);
    }

    private Table descend(Table table, Word name) throws SyntaxException {
        KeyPath path = table.path().child(name.name());
        Definition definition = definitions.get(path);
        if (definition == Definition.VALUE) {
            throw new SyntaxException(name.span().start(), path + " is a value already," + onLine(path));
        }
        List<Object> elements = arrays.get(path);
        KeyPath current = elements == null ? path : path.element(elements.size() - 1);
        Table present = tables.get(current);
        return present != null ? present : add(table, name, Definition.IMPLICIT);
    }

    private Table define(Table table, Word name) throws SyntaxException {
        KeyPath path = table.path().child(name.name());
        Definition definition = definitions.get(path);
        if (definition == null) {
            return add(table, name, Definition.EXPLICIT);
        }
        Table present = tables.get(path);
        if (definition != Definition.IMPLICIT || present == null) {
            throw new SyntaxException(
                    name.span().start(),
                    switch (definition) {
                                case VALUE -> "not a table but a value,";
                                case ARRAY -> "not a table but an array of tables,";
                                default -> "the same table twice, first";
                            }
                            + onLine(path));
        }
        definitions.put(path, Definition.EXPLICIT);
        places.moveKey(path, name.span());
        return present;
    }

    private Table append(Table table, Word name) throws SyntaxException {
        KeyPath path = table.path().child(name.name());
        Definition definition = definitions.putIfAbsent(path, Definition.ARRAY);
        if (definition != null && definition != Definition.ARRAY) {
            throw new SyntaxException(
                    name.span().start(),
                    "not an array of tables but a " + (definition == Definition.VALUE ? "value," : "table,")
                            + onLine(path));
        }
        List<Object> elements = arrays.computeIfAbsent(path, p -> new ArrayList<>());
        table.entries().put(name.name(), elements);
        Table element = new Table(path.element(elements.size()));
        elements.add(element.entries());
        places.key(path, name.span());
        places.key(element.path(), name.span());
        tables.put(element.path(), element);
        return element;
    }

    private Table add(Table parent, Word name, Definition definition) {
        Table table = new Table(parent.path().child(name.name()));
        parent.entries().put(name.name(), table.entries());
        definitions.put(table.path(), definition);
        tables.put(table.path(), table);
        places.key(table.path(), name.span());
        return table;
    }

    private String onLine(KeyPath path) {
        Span span = places.nearestKey(path);
        return span == null ? "" : " on line " + source.line(span.start());
    }
}
