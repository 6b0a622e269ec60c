package io.fairlead.admin.change;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.MemberPath;
import io.fairlead.member.AdminState;
import io.fairlead.pool.MemberSettings;
import io.fairlead.settings.Kebab;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String FIELDS = "\"admin\", \"weight\" or both";

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; says which field is wrong
     */
    static MemberOrder parse(@Nullable Buffer body) {
        Fields fields = Fields.parse(body, List.of("admin", "weight"), "{\"admin\":\"drain\"}", FIELDS);
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("the order is empty (expected: " + FIELDS + ")");
        }
        return new MemberOrder(
                fields.has("admin") ? Optional.of(admin(fields)) : Optional.empty(),
                fields.has("weight") ? Optional.of(weight(fields)) : Optional.empty());
    }

    private static AdminState admin(Fields fields) {
        return Arrays.stream(AdminState.values())
                .filter(state -> Kebab.of(state).equals(fields.value("admin")))
                .findFirst()
                .orElseThrow(() -> fields.refusal("admin", STATES));
    }

    private static int weight(Fields fields) {
        int weight = fields.number("weight", "a whole number, 1 to 256");
        if (weight == 0) {
            throw fields.refusal("weight", "1 to 256; \"drain\" is what keeps requests away");
        }
        return MemberSettings.requireWeight(weight);
    }

    /** Has the program obey it. Control context only. */
    void give(MemberPath path, Control control) {
        admin.ifPresent(state -> control.order(path.pool(), path.member(), state));
        weight.ifPresent(next -> path.pool().order(path.member(), next.intValue()));
    }

    /** {@code "drain, weight 5"}. */
    @Override
    public String toString() {
        return Stream.concat(admin.map(Kebab::of).stream(), weight.map(number -> "weight " + number).stream())
                .collect(Collectors.joining(", "));
    }
}
