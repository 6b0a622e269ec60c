package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminCommand;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Plain;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** A command for members that are named {@code POOL/MEMBER}. */
abstract class MemberCommand extends AdminCommand {
    private static final int NOT_FOUND = 404;

    /** Reads a name from the command line. */
    final MemberName named(String text) {
        try {
            return MemberName.parse(text);
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    /** Has Fairlead do something to a member; what there is none of is told with the name that may have been meant. */
    final AdminClient.Answer order(AdminClient client, String method, MemberName member, JsonObject body)
            throws AdminException {
        AdminClient.Answer answer = client.send(method, member.path(), body);
        if (answer.status() == NOT_FOUND) {
            KnownMembers.of(client).require(List.of(member));
        }
        return fine(answer);
    }

    /** How a member is after an order, on one line. */
    static String standing(MemberName name, JsonObject member) {
        return Plain.line(name + ": " + member.getString("admin") + ", " + member.getString("health") + ", weight "
                + member.getInteger("weight") + ", " + member.getLong("in_flight") + " in flight");
    }
}
