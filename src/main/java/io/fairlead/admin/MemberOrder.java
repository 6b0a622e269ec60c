package io.fairlead.admin;

import io.fairlead.admin.program.MemberPath;
import io.fairlead.member.AdminState;
import io.fairlead.pool.MemberSettings;
import io.fairlead.settings.Kebab;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator orders of a member, as JSON has it: {@code {"admin":"drain","weight":5}}, or one of the two. It is understood
 * as a whole or not at all.
 *
 * @param admin whether the member is to serve; empty: as before
 * @param weight 1 to 256; empty: as before
 */
record MemberOrder(Optional<AdminState> admin, Optional<Integer> weight) {
    private static final String STATES = "\"ready\", \"drain\" or \"maintenance\"";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; says which field is wrong
     */
    static MemberOrder parse(@Nullable Buffer body) {
        JsonObject fields = fields(body);
        for (String name : fields.fieldNames()) {
            if (!List.of("admin", "weight").contains(name)) {
                throw new IllegalArgumentException(
                        "\"" + name + "\": unknown (expected: \"admin\", \"weight\" or both)");
            }
        }
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("the order is empty (expected: \"admin\", \"weight\" or both)");
        }
        return new MemberOrder(
                fields.containsKey("admin") ? Optional.of(admin(fields.getValue("admin"))) : Optional.empty(),
                fields.containsKey("weight") ? Optional.of(weight(fields.getValue("weight"))) : Optional.empty());
    }

    private static JsonObject fields(@Nullable Buffer body) {
        try {
            if (body != null && Json.decodeValue(body) instanceof JsonObject fields) {
                return fields;
            }
        } catch (DecodeException e) {
            throw new IllegalArgumentException("the body is not JSON (expected: an object)", e);
        }
        throw new IllegalArgumentException("the body is no object of JSON (expected: such as {\"admin\":\"drain\"})");
    }

    private static AdminState admin(@Nullable Object value) {
        return Arrays.stream(AdminState.values())
                .filter(state -> Kebab.of(state).equals(value))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("admin: " + shown(value) + " (expected: " + STATES + ")"));
    }

    private static int weight(@Nullable Object value) {
        if (!(value instanceof Integer weight)) {
            throw new IllegalArgumentException("weight: " + shown(value) + " (expected: a whole number, 1 to 256)");
        }
        if (weight == 0) {
            throw new IllegalArgumentException("weight: 0 (expected: 1 to 256; \"drain\" is what keeps requests away)");
        }
        return MemberSettings.requireWeight(weight);
    }

    private static String shown(@Nullable Object value) {
        if (value instanceof JsonObject || value instanceof JsonArray || value instanceof Map) {
            return "not a plain value";
        }
        return Json.encode(value);
    }

    /** Has the pool obey it. Control context only. */
    void give(MemberPath path) {
        admin.ifPresent(state -> path.pool().order(path.member(), state));
        weight.ifPresent(next -> path.pool().order(path.member(), next.intValue()));
    }
}
