package io.fairlead.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Holds a value against a schema of an OpenAPI document: as much of JSON Schema as stands there, and an error for the rest. */
final class JsonSchema {
    private static final String COMPONENTS = "#/components/schemas/";
    /** What says nothing of the answers themselves, or is held against requests. */
    private static final Set<String> WORDS = Set.of(
            "type",
            "required",
            "properties",
            "items",
            "enum",
            "oneOf",
            "description",
            "format",
            "default",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minProperties",
            "additionalProperties");

    private final JsonObject document;
    private final List<String> faults = new ArrayList<>();

    private JsonSchema(JsonObject document) {
        this.document = document;
    }

    /** What of the value is not as the schema has it, with its place. */
    static List<String> faults(JsonObject document, JsonObject schema, @Nullable Object value) {
        JsonSchema checked = new JsonSchema(document);
        checked.check("$", schema, value);
        return checked.faults;
    }

    private void check(String place, JsonObject schema, @Nullable Object value) {
        String reference = schema.getString("$ref");
        if (reference != null) {
            check(place, resolved(reference), value);
            return;
        }
        for (String word : schema.fieldNames()) {
            if (!WORDS.contains(word)) {
                faults.add(place + ": the schema says \"" + word + "\", which is not understood here");
            }
        }
        JsonArray choices = schema.getJsonArray("oneOf");
        if (choices != null) {
            long fitting = choices.stream()
                    .filter(each -> faults(document, (JsonObject) each, value).isEmpty())
                    .count();
            expect(fitting == 1, place, "fits " + fitting + " of the choices: " + value);
        }
        type(place, schema, value);
        if (value instanceof JsonObject object) {
            object(place, schema, object);
        } else if (value instanceof JsonArray array && schema.containsKey("items")) {
            for (int i = 0; i < array.size(); i++) {
                check(place + "[" + i + "]", schema.getJsonObject("items"), array.getValue(i));
            }
        }
    }

    private JsonObject resolved(String reference) {
        return document.getJsonObject("components")
                .getJsonObject("schemas")
                .getJsonObject(reference.substring(COMPONENTS.length()));
    }

    private void type(String place, JsonObject schema, @Nullable Object value) {
        Object type = schema.getValue("type");
        if (type != null) {
            List<?> types = type instanceof JsonArray several ? several.getList() : List.of(type);
            expect(
                    types.stream().anyMatch(each -> is(String.valueOf(each), value)),
                    place,
                    "no " + type + ": " + value);
        }
        JsonArray words = schema.getJsonArray("enum");
        expect(words == null || words.contains(value), place, "not one of " + words + ": " + value);
    }

    private static boolean is(String type, @Nullable Object value) {
        return switch (type) {
            case "null" -> value == null;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "array" -> value instanceof JsonArray;
            case "object" -> value instanceof JsonObject;
            default -> false;
        };
    }

    private void object(String place, JsonObject schema, JsonObject value) {
        for (Object name : schema.getJsonArray("required", new JsonArray())) {
            expect(value.containsKey((String) name), place, "has no \"" + name + "\"");
        }
        JsonObject properties = schema.getJsonObject("properties", new JsonObject());
        for (String name : properties.fieldNames()) {
            if (value.containsKey(name)) {
                check(place + "." + name, properties.getJsonObject(name), value.getValue(name));
            }
        }
    }

    private void expect(boolean so, String place, String fault) {
        if (!so) {
            faults.add(place + ": " + fault);
        }
    }
}
