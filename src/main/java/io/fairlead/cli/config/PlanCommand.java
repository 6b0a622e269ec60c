package io.fairlead.cli.config;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import picocli.CommandLine.Command;

/** {@code fairlead plan}: what a reload would change in the running one. */
@Command(
        name = "plan",
        description = "Show what a reload would change in a running Fairlead, and what that would touch.",
        mixinStandardHelpOptions = true)
public final class PlanCommand extends ConfigCommand {
    @Override
    protected int run(AdminClient client) throws AdminException {
        requireSameFile(client);
        return order(client, "/plan");
    }
}
