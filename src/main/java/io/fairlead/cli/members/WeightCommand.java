package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code fairlead members weight POOL/MEMBER N}. */
@Command(
        name = "weight",
        description = "Give a member another weight, until Fairlead is started anew.",
        mixinStandardHelpOptions = true)
final class WeightCommand extends MemberCommand {
    @Parameters(index = "0", paramLabel = "POOL/MEMBER", description = "Whom, such as app/10.0.0.11:9001.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "N", description = "1 to 256.")
    private int weight;

    @Override
    protected void check() {
        named(name);
    }

    @Override
    protected int run(AdminClient client) throws AdminException {
        MemberName member = named(name);
        out().println(standing(
                member,
                order(client, "PATCH", member, new JsonObject().put("weight", weight))
                        .body()));
        return ExitCode.OK;
    }
}
