package io.fairlead.config;

import io.fairlead.settings.Secret;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part of a configuration as a file has it. What is made of it: the text of a file, and the difference between two. */
sealed interface Written {
    /** How much is written. */
    enum Extent {
        /** What is other than by default. */
        CHANGED,
        /** Everything. */
        ALL
    }

    /** The setting or settings that it stands for. */
    Object value();

    /** The value behind a key, on one line. */
    String line(Extent extent);

    /** Whether it is written behind a key, not under a header of its own. */
    boolean isInline();

    /** A value without keys. Its text is made when it is asked for: of thousands of values two files mostly differ in few. */
    record Plain(Object value) implements Written {
        @Override
        public String line(Extent extent) {
            if (!(value instanceof Collection<?> collection)) {
                return Notation.of(value);
            }
            Stream<String> elements = collection.stream().map(Notation::of);
            return (value instanceof Set ? elements.sorted() : elements).collect(Collectors.joining(", ", "[", "]"));
        }

        /** Whether it is a secret, or has one in it. */
        boolean isSecret() {
            return value instanceof Secret
                    || (value instanceof Collection<?> collection
                            && collection.stream().anyMatch(Secret.class::isInstance));
        }

        @Override
        public boolean isInline() {
            return true;
        }
    }

    /**
     * A key with its value.
     *
     * @param standard whether the same would be in force without it; found out when it is asked for
     */
    record Entry(String key, Written written, BooleanSupplier standard) {
        boolean isStandard() {
            return standard.getAsBoolean();
        }
    }

    /**
     * A table.
     *
     * @param made makes its entries, in the order of the file or of the settings record: each time anew, so that of a large
     *     configuration only what is looked at is there
     * @param style how it is written
     */
    record Table(Object value, Supplier<List<Entry>> made, Style style) implements Written {
        /** How a table is written. */
        enum Style {
            /** Under a header. */
            HEADER,
            /** Between braces. */
            BRACES,
            /** As the value of its first key where that is all there is to say, else between braces. */
            FIRST_KEY
        }

        List<Entry> all() {
            return made.get();
        }

        List<Entry> entries(Extent extent) {
            return all().stream()
                    .filter(entry -> extent == Extent.ALL || !entry.isStandard())
                    .toList();
        }

        /** Whether its first key says it all. */
        boolean isOneKey(Extent extent) {
            return style == Style.FIRST_KEY
                    && extent == Extent.CHANGED
                    && all().stream().skip(1).allMatch(Entry::isStandard);
        }

        String braces(Extent extent) {
            return entries(extent).stream()
                    .map(entry ->
                            Notation.key(entry.key()) + " = " + entry.written().line(extent))
                    .collect(Collectors.joining(", ", "{ ", " }"))
                    .replaceFirst("^\\{ {2}}$", "{}");
        }

        @Override
        public String line(Extent extent) {
            return isOneKey(extent) ? all().get(0).written().line(extent) : braces(extent);
        }

        @Override
        public boolean isInline() {
            return style != Style.HEADER;
        }
    }

    /**
     * A table in an array.
     *
     * @param name what tells it from the others, whatever their order; where it has none, its index in brackets
     */
    record Row(String name, Table table) {}

    /** An array of tables. */
    record Rows(Object value, List<Row> rows) implements Written {
        @Override
        public String line(Extent extent) {
            return lines(extent).stream().collect(Collectors.joining(", ", "[", "]"));
        }

        /** Each on a line of its own. All in the same form: TOML has no arrays of strings and tables. */
        List<String> lines(Extent extent) {
            boolean oneKey = rows.stream().allMatch(row -> row.table().isOneKey(extent));
            return rows.stream()
                    .map(Row::table)
                    .map(table -> oneKey ? table.line(extent) : table.braces(extent))
                    .toList();
        }

        @Override
        public boolean isInline() {
            return rows.isEmpty() || rows.get(0).table().isInline();
        }
    }
}
