package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fairlead members add POOL ADDRESS}. */
@Command(
        name = "add",
        description = "Add a member to a pool, until Fairlead is started anew; a file that names it keeps it.",
        mixinStandardHelpOptions = true)
final class AddCommand extends MemberCommand {
    private static final int NOT_FOUND = 404;

    @Parameters(index = "0", paramLabel = "POOL", description = "Which pool.")
    private String pool = "";

    @Parameters(index = "1", paramLabel = "ADDRESS", description = "Where it listens, such as 10.0.0.13:9001.")
    private String address = "";

    @Option(names = "--id", paramLabel = "ID", description = "Its name in the pool (default: its address).")
    private @Nullable String id;

    @Option(names = "--weight", paramLabel = "N", description = "1 to 256 (default: 1).")
    private @Nullable Integer weight;

    @Option(names = "--tier", paramLabel = "N", description = "0 to 15, 0 is the best (default: 0).")
    private @Nullable Integer tier;

    @Override
    protected int run(AdminClient client) throws AdminException {
        JsonObject body = new JsonObject().put("address", address);
        if (id != null) {
            body.put("id", id);
        }
        if (weight != null) {
            body.put("weight", weight);
        }
        if (tier != null) {
            body.put("tier", tier);
        }
        AdminClient.Answer answer = client.send("POST", MemberName.membersOf(pool), body);
        if (answer.status() == NOT_FOUND) {
            throw KnownMembers.of(client).unknownPool(pool);
        }
        JsonObject member = fine(answer).body();
        out().println(standing(new MemberName(pool, member.getString("id")), member));
        return ExitCode.OK;
    }
}
