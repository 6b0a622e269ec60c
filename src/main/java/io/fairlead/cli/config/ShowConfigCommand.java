package io.fairlead.cli.config;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminCommand;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Plain;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code fairlead show-config > config.toml}: what is in force, as a file. */
@Command(
        name = "show-config",
        description = "Print the configuration that is in force as a file, orders included and secrets left out.",
        mixinStandardHelpOptions = true)
public final class ShowConfigCommand extends AdminCommand {
    @Option(names = "--json", description = "Print what the API answers: where it came from, too, and what differs.")
    private boolean json;

    @Override
    protected int run(AdminClient client) throws AdminException {
        JsonObject config = fine(client.get(ConfigCommand.CONFIG)).body();
        if (json) {
            out().println(config.encodePrettily());
        } else {
            out().print(Plain.lines(config.getString("toml")));
            out().flush();
        }
        return ExitCode.OK;
    }
}
