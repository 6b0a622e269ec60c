package io.fairlead.config;

import com.moandjiezana.toml.Toml;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a value is, as toml4j reads it. It gets one value at a time, as an array's only element: there it builds plain lists
 * and maps. Its own bookkeeping of tables, which refuses some right files and puts the keys of some inline tables into
 * another table, is never asked; {@link TomlDocument} has that part.
 */
final class Toml4j {
    private static final String KEY = "value";

    private Toml4j() {}

    /**
     * Reads one value.
     *
     * @param text the value in TOML 0.4, as {@link ValueScanner} hands it over: without comments and escapes
     * @return a String, Long, Double, Boolean, List or Map of these
     * @throws IllegalArgumentException if toml4j refuses it; the message says why, but not the value
     */
    static Object read(String text) {
        try {
            if (new Toml().read(KEY + " = [" + text + "\n]").toMap().get(KEY) instanceof List<?> only
                    && only.size() == 1) {
                return plain(only.get(0));
            }
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("not read by toml4j: " + reason(e), e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new IllegalArgumentException("not read by toml4j", e);
        }
        throw new IllegalArgumentException("not read by toml4j");
    }

    /** The message up to the line number and the value: the line is not the file's, the value may be a secret. */
    private static String reason(IllegalStateException e) {
        return String.valueOf(e.getMessage()).split(" on line |:|\n", 2)[0];
    }

    /** The same without the quotes that toml4j keeps around keys. */
    private static Object plain(Object value) {
        if (value instanceof List<?> list) {
            List<Object> copy = new ArrayList<>();
            list.forEach(element -> copy.add(plain(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> copy = new LinkedHashMap<>();
            map.forEach((key, element) -> copy.put(unquoted(key.toString()), plain(element)));
            return copy;
        }
        return value;
    }

    private static String unquoted(String key) {
        return key.startsWith("\"") ? key.substring(1, key.length() - 1) : key;
    }
}
