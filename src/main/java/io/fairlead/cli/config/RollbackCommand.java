package io.fairlead.cli.config;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import picocli.CommandLine.Command;

/** {@code fairlead rollback}: the configuration on trial goes back at once. */
@Command(
        name = "rollback",
        description = "Go back to the configuration before the one that is on trial.",
        mixinStandardHelpOptions = true)
public final class RollbackCommand extends ConfigCommand {
    @Override
    protected int run(AdminClient client) throws AdminException {
        return order(client, "/rollback");
    }
}
