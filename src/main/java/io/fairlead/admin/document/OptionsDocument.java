package io.fairlead.admin.document;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The options of a probe of any type, by the keys that stand in the configuration. Values that may be secret are masked: secrets,
 * what headers say, and what follows a question mark.
 */
final class OptionsDocument {
    private static final String MASK = "***";

    private OptionsDocument() {}

    /** Keys and values, in the order of the record. */
    static List<Map.Entry<String, Object>> of(Record options) {
        List<Map.Entry<String, Object>> all = new ArrayList<>();
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            String key = component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
            all.add(Map.entry(key, shown(value(options, component))));
        }
        return all;
    }

    /** Those that say something: {@code ": path /health, method GET"}. */
    static String inWords(Record options) {
        List<String> words = new ArrayList<>();
        for (Map.Entry<String, Object> option : of(options)) {
            if (!says(option.getValue())) {
                continue;
            }
            words.add(option.getKey() + " " + inWords(option.getValue()));
        }
        return words.isEmpty() ? "" : ": " + String.join(", ", words);
    }

    private static String inWords(Object value) {
        if (value instanceof JsonObject map) {
            return String.join(", ", map.fieldNames());
        }
        return value instanceof JsonArray list ? String.join(", ", texts(list)) : value.toString();
    }

    private static boolean says(Object value) {
        return !value.equals("")
                && !value.equals(0)
                && !value.equals(false)
                && !(value instanceof JsonArray array && array.isEmpty())
                && !(value instanceof JsonObject map && map.isEmpty());
    }

    private static List<String> texts(Iterable<?> list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(String.valueOf(element)));
        return texts;
    }

    private static Object value(Record options, RecordComponent component) {
        try {
            component.getAccessor().setAccessible(true); // the record of a plug-in may be for its package alone
            Object value = component.getAccessor().invoke(options);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return "unknown";
        }
    }

    private static Object shown(Object value) {
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject masked = new JsonObject();
            map.keySet().forEach(name -> masked.put(String.valueOf(name), MASK));
            return masked;
        }
        if (value instanceof Collection<?> list) {
            return new JsonArray(list.stream().map(OptionsDocument::text).toList());
        }
        return text(value);
    }

    private static String text(Object value) {
        String text = value.toString();
        int query = text.startsWith("/") ? text.indexOf('?') : -1;
        return query < 0 ? text : text.substring(0, query + 1) + MASK;
    }
}
