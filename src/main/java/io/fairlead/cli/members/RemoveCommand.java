package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Plain;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code fairlead members remove POOL/MEMBER}. */
@Command(
        name = "remove",
        description = "Take a member out of its pool; what it has in flight is finished.",
        mixinStandardHelpOptions = true)
final class RemoveCommand extends MemberCommand {
    @Parameters(paramLabel = "POOL/MEMBER", description = "Whom, such as app/10.0.0.11:9001.")
    private String name = "";

    @Override
    protected void check() {
        named(name);
    }

    @Override
    protected int run(AdminClient client) throws AdminException {
        MemberName member = named(name);
        order(client, "DELETE", member, new JsonObject());
        out().println(Plain.line(member + ": removed"));
        return ExitCode.OK;
    }
}
