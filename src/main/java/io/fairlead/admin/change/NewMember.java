package io.fairlead.admin.change;

import io.fairlead.member.AdminState;
import io.fairlead.member.MemberAddress;
import io.fairlead.pool.MemberSettings;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member to be added, as JSON has it: {@code {"address":"10.0.0.13:9001","id":"blue","weight":5,"tier":1}}; all but the address
 * may be left out.
 */
final class NewMember {
    private static final int LONGEST_ID = 200;

    private NewMember() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; says which field is wrong
     */
    static MemberSettings parse(@Nullable Buffer body) {
        Fields fields = Fields.parse(
                body,
                List.of("address", "id", "weight", "tier"),
                "{\"address\":\"10.0.0.13:9001\"}",
                "\"address\", \"id\", \"weight\" or \"tier\"");
        if (!fields.has("address")) {
            throw new IllegalArgumentException("address: missing (expected: host:port)");
        }
        String rule = "a text of 1 to " + LONGEST_ID + " characters, none of them for control";
        String id = fields.has("id") ? fields.text("id", rule) : "";
        if ((fields.has("id") && id.isBlank()) || id.length() > LONGEST_ID) {
            throw fields.refusal("id", rule);
        }
        return new MemberSettings(
                address(fields),
                id,
                fields.has("weight") ? fields.number("weight", "a whole number, 1 to 256") : 1,
                fields.has("tier") ? fields.number("tier", "a whole number, 0 to 15") : 0,
                AdminState.READY);
    }

    private static MemberAddress address(Fields fields) {
        String text = fields.text("address", "host:port, such as \"10.0.0.11:9001\" or \"[::1]:9001\"");
        try {
            return MemberAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("address: " + e.getMessage(), e);
        }
    }
}
