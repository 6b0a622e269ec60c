package io.fairlead.admin.change;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's body, read strictly: an object of JSON whose every field is known, and is what it should be. Any thread. */
final class Fields {
    private final JsonObject json;

    private Fields(JsonObject json) {
        this.json = json;
    }

    /**
     * Reads a body.
     *
     * @param example one that is right, for the error
     * @param rule in words which fields there may be, for the error
     * @throws IllegalArgumentException if it is no object of JSON, or has other fields
     */
    static Fields parse(@Nullable Buffer body, List<String> known, String example, String rule) {
        JsonObject json = object(body, example);
        for (String name : json.fieldNames()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("\"" + name + "\": unknown (expected: " + rule + ")");
            }
        }
        return new Fields(json);
    }

    private static JsonObject object(@Nullable Buffer body, String example) {
        try {
            if (body != null && Json.decodeValue(body) instanceof JsonObject fields) {
                return fields;
            }
        } catch (DecodeException e) {
            throw new IllegalArgumentException("the body is not JSON (expected: an object)", e);
        }
        throw new IllegalArgumentException("the body is no object of JSON (expected: such as " + example + ")");
    }

    boolean isEmpty() {
        return json.isEmpty();
    }

    boolean has(String name) {
        return json.containsKey(name);
    }

    /** What stands there; null if nothing does, or null. */
    @Nullable
    Object value(String name) {
        return json.getValue(name);
    }

    /**
     * A text.
     *
     * @throws IllegalArgumentException if it is none, or could move a cursor
     */
    String text(String name, String rule) {
        if (!(value(name) instanceof String text) || text.chars().anyMatch(Character::isISOControl)) {
            throw refusal(name, rule);
        }
        return text;
    }

    /**
     * A whole number.
     *
     * @throws IllegalArgumentException if it is none
     */
    int number(String name, String rule) {
        if (!(value(name) instanceof Integer number)) {
            throw refusal(name, rule);
        }
        return number;
    }

    /** What is wrong with a field. */
    IllegalArgumentException refusal(String name, String rule) {
        return new IllegalArgumentException(name + ": " + shown(value(name)) + " (expected: " + rule + ")");
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof JsonObject || value instanceof JsonArray || value instanceof Map) {
            return "not a plain value";
        }
        return Json.encode(value);
    }
}
