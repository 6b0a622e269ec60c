package io.fairlead.config;

import io.fairlead.settings.FromString;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What messages call the kinds of values. */
final class Kinds {
    private Kinds() {}

    /** What a setting of this type takes. */
    static String expected(Type type) {
        Class<?> wanted = Conversion.raw(type);
        if (wanted == boolean.class) {
            return "true or false";
        }
        if (wanted.isPrimitive()) {
            return wanted == double.class ? "a number" : "a whole number";
        }
        if (wanted == List.class || wanted == Set.class) {
            return array(Conversion.raw(Conversion.argument(type, 0)));
        }
        if (wanted == Map.class || Conversion.isTable(type)) {
            return "a table";
        }
        return wanted == Duration.class ? "a duration with its unit" : "a string";
    }

    private static String array(Class<?> element) {
        if (element.isAnnotationPresent(FromString.class)) {
            return "an array of strings or tables";
        }
        return Conversion.isTable(element) ? "an array of tables" : "an array";
    }

    /** What a value of the file is. */
    static String found(Object raw) {
        if (raw instanceof String) {
            return "a string";
        }
        if (raw instanceof Boolean) {
            return "a boolean";
        }
        if (raw instanceof List<?> list) {
            return !list.isEmpty() && list.get(0) instanceof Map ? "an array of tables" : "an array";
        }
        if (raw instanceof Map) {
            return "a table";
        }
        return raw instanceof Long ? "a number" : "a number with a fraction";
    }
}
