package io.fairlead.config;

import io.fairlead.config.Written.Entry;
import io.fairlead.config.Written.Extent;
import io.fairlead.config.Written.Row;
import io.fairlead.config.Written.Rows;
import io.fairlead.config.Written.Table;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A configuration as the text of a file that {@link ConfigReader} reads back to the same configuration, comments and layout
 * of the file that it came from aside. Depends on nothing but the configuration, so it may as well be one that no file says.
 *
 * <p>A secret is written as the reference that the file had for it, or else as {@code "***"}: with such a one, what is read
 * back is another configuration, or refused. Other values that came by reference are written as the values they have.
 */
public final class ConfigText {
    private final StringBuilder text = new StringBuilder();
    private final Extent extent;

    private ConfigText(Extent extent) {
        this.extent = extent;
    }

    /**
     * What of the configuration is other than by default.
     *
     * @param comment what stands above it, if anything; its lines are put behind "#"
     */
    public static String of(Config config, String comment) {
        return text(config, comment, Extent.CHANGED);
    }

    /** The same with every key that is in force, those at their defaults included. */
    public static String everythingOf(Config config, String comment) {
        return text(config, comment, Extent.ALL);
    }

    private static String text(Config config, String comment, Extent extent) {
        ConfigText written = new ConfigText(extent);
        comment.lines()
                .forEach(line -> written.text.append(("# " + line).strip()).append('\n'));
        written.content(Transcript.of(config), "");
        return written.text.toString();
    }

    /** Keys first: what follows the header of a table in it would belong to that one. */
    private void content(Table table, String path) {
        List<Entry> entries = table.entries(extent);
        entries.stream().filter(entry -> entry.written().isInline()).forEach(this::pair);
        for (Entry entry : entries) {
            String name = (path.isEmpty() ? "" : path + ".") + Notation.key(entry.key());
            if (entry.written() instanceof Table inner && !inner.isInline()) {
                header(inner, name);
                content(inner, name);
            } else if (entry.written() instanceof Rows rows && !rows.isInline()) {
                for (Row row : rows.rows()) {
                    line("[[" + name + "]]");
                    content(row.table(), name);
                }
            }
        }
    }

    /** None where the tables in it say that there is it. */
    private void header(Table table, String name) {
        List<Entry> entries = table.entries(extent);
        if (entries.isEmpty()
                || entries.stream().anyMatch(entry -> entry.written().isInline())) {
            line("[" + name + "]");
        }
    }

    private void line(String header) {
        text.append(text.isEmpty() ? "" : "\n").append(header).append('\n');
    }

    private void pair(Entry entry) {
        text.append(Notation.key(entry.key()))
                .append(" = ")
                .append(value(entry.written()))
                .append('\n');
    }

    private String value(Written written) {
        if (written instanceof Rows rows && rows.rows().size() > 1) {
            return rows.lines(extent).stream().collect(Collectors.joining(",\n    ", "[\n    ", ",\n]"));
        }
        return written.line(extent);
    }
}
