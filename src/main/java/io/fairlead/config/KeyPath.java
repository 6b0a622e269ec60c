package io.fairlead.config;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a value belongs in the configuration: {@code pools.app.members[0].weight}.
 *
 * @param parent the path of the table or array that it is in; null at the root
 * @param step a key as it is meant, without quotes, or an index in brackets; empty: left out when printed
 */
record KeyPath(@Nullable KeyPath parent, String step) {
    static final KeyPath ROOT = new KeyPath(null, "");
    /** For what is read to find its errors, but belongs nowhere. */
    static final KeyPath NOWHERE = ROOT.child("");

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]*|\\[(?:\\d+|\".*\")]", Pattern.DOTALL);

    KeyPath child(String key) {
        return new KeyPath(this, key);
    }

    KeyPath element(int index) {
        return new KeyPath(this, "[" + index + "]");
    }

    /** An element of an array by what it is called: {@code members.blue}, {@code members["10.0.0.1:80"]}. */
    KeyPath named(String name) {
        return child(!name.isEmpty() && PLAIN.matcher(name).matches() ? name : "[\"" + name + "\"]");
    }

    /** Whether it is the other path or leads through it. */
    boolean isWithin(KeyPath other) {
        return equals(other) || (parent != null && parent.isWithin(other));
    }

    @Override
    public String toString() {
        String before = parent == null ? "" : parent.toString();
        String own = PLAIN.matcher(step).matches() ? step : "\"" + step + "\"";
        return before.isEmpty() || own.isEmpty() || own.startsWith("[") ? before + own : before + "." + own;
    }
}
