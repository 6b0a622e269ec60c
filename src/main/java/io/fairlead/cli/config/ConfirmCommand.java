package io.fairlead.cli.config;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminCommand;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Plain;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code fairlead confirm}: the configuration on trial stays. */
@Command(name = "confirm", description = "Keep the configuration that is on trial.", mixinStandardHelpOptions = true)
public final class ConfirmCommand extends AdminCommand {
    @Override
    protected int run(AdminClient client) throws AdminException {
        JsonObject config = fine(client.post(ConfigCommand.CONFIG + "/confirm")).body();
        out().println(Plain.line(
                config.getString("file") + ": confirmed, it stays (" + config.getString("hash") + ")"));
        return ExitCode.OK;
    }
}
