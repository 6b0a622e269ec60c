package io.fairlead.config;

import io.fairlead.admin.program.Plan.Change;
import io.fairlead.admin.program.Step;
import io.fairlead.config.Written.Entry;
import io.fairlead.config.Written.Extent;
import io.fairlead.config.Written.Plain;
import io.fairlead.config.Written.Row;
import io.fairlead.config.Written.Rows;
import io.fairlead.config.Written.Table;
import io.fairlead.settings.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What differs between two configurations, key by key. An element of an array is found again by what it is called, its id
 * or its name, so that one more in front does not change all that follow; one that comes or goes is one change. Linear in the size of
 * both.
 */
public final class ConfigDiff {
    private static final int LONGEST = 160;
    private static final String CUT = "...";

    private final List<Change> changes = new ArrayList<>();

    private ConfigDiff() {}

    /**
     * Each key that differs, in the order of the new file; what went stands behind what it stood behind. No value of a secret is
     * among it. Empty only if the configurations are equal.
     */
    public static List<Change> between(Config from, Config to) {
        ConfigDiff diff = new ConfigDiff();
        diff.compare(Transcript.of(from), Transcript.of(to), KeyPath.ROOT);
        return List.copyOf(diff.changes);
    }

    private void compare(Written from, Written to, KeyPath path) {
        if (from.value().equals(to.value())) {
            return;
        }
        if (from instanceof Table before && to instanceof Table after) {
            tables(before, after, path);
        } else if (from instanceof Rows before && to instanceof Rows after) {
            rows(before, after, path);
        } else {
            changes.add(new Change(Step.CHANGED, path.toString(), told(from), toldAfter(from, to)));
        }
    }

    private void tables(Table from, Table to, KeyPath path) {
        Map<String, Entry> before = byKey(from);
        Map<String, Entry> after = byKey(to);
        for (String key : together(before.keySet(), after.keySet())) {
            Optional<Entry> old = Optional.ofNullable(before.get(key));
            Optional<Entry> present = Optional.ofNullable(after.get(key));
            if (old.isPresent() && present.isPresent()) {
                compare(old.get().written(), present.get().written(), path.child(key));
            } else {
                // An option of what was chosen: it says something only if it is other than by default.
                old.filter(entry -> !entry.isStandard()).ifPresent(entry -> removed(entry.written(), path.child(key)));
                present.filter(entry -> !entry.isStandard())
                        .ifPresent(entry -> added(entry.written(), path.child(key)));
            }
        }
    }

    private static Map<String, Entry> byKey(Table table) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        table.all().forEach(entry -> entries.put(entry.key(), entry));
        return entries;
    }

    private void rows(Rows from, Rows to, KeyPath path) {
        Map<String, Table> before = byName(from);
        Map<String, Table> after = byName(to);
        order(before.keySet(), after.keySet(), path);
        for (String name : together(before.keySet(), after.keySet())) {
            Table old = before.get(name);
            Table present = after.get(name);
            if (old != null && present != null) {
                compare(old, present, path.named(name));
            } else if (old != null) {
                removed(old, path.named(name));
            } else if (present != null) {
                added(present, path.named(name));
            }
        }
    }

    private static Map<String, Table> byName(Rows rows) {
        Map<String, Table> tables = new LinkedHashMap<>();
        for (Row row : rows.rows()) {
            tables.put(row.name(), row.table());
        }
        return tables;
    }

    /** Whether those that stay stand in another order, to which some strategies go; from the first one that moved to the last. */
    private void order(Collection<String> from, Collection<String> to, KeyPath path) {
        List<String> before = from.stream().filter(to::contains).toList();
        List<String> after = to.stream().filter(from::contains).toList();
        if (before.equals(after)) {
            return;
        }
        int start = 0;
        while (before.get(start).equals(after.get(start))) {
            start++;
        }
        int end = before.size();
        while (before.get(end - 1).equals(after.get(end - 1))) {
            end--;
        }
        changes.add(new Change(
                Step.CHANGED,
                path.toString(),
                shortened("order " + String.join(", ", before.subList(start, end))),
                shortened("order " + String.join(", ", after.subList(start, end)))));
    }

    /** The names of both: the new ones in their order, each that is gone behind the one it stood behind. */
    private static List<String> together(Collection<String> from, Collection<String> to) {
        Map<Optional<String>, List<String>> gone = new HashMap<>();
        Optional<String> last = Optional.empty();
        for (String name : from) {
            if (to.contains(name)) {
                last = Optional.of(name);
            } else {
                gone.computeIfAbsent(last, stays -> new ArrayList<>()).add(name);
            }
        }
        List<String> all = new ArrayList<>(gone.getOrDefault(Optional.<String>empty(), List.of()));
        for (String name : to) {
            all.add(name);
            all.addAll(gone.getOrDefault(Optional.of(name), List.of()));
        }
        return all;
    }

    private void added(Written written, KeyPath path) {
        changes.add(new Change(Step.ADDED, path.toString(), "", told(written)));
    }

    private void removed(Written written, KeyPath path) {
        changes.add(new Change(Step.REMOVED, path.toString(), told(written), ""));
    }

    private static String toldAfter(Written from, Written to) {
        String text = told(to);
        return text.equals("(secret)") && told(from).equals(text) ? "(secret, changed)" : text;
    }

    private static String told(Written written) {
        boolean isSecret = written instanceof Plain plain
                && plain.isSecret()
                && !(plain.value() instanceof Secret secret && !secret.isSet());
        return isSecret ? "(secret)" : shortened(written.line(Extent.CHANGED));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - CUT.length()) + CUT;
    }
}
