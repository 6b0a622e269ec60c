package io.fairlead.cli.config;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminCommand;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Plain;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** A command whose answer is a plan: what would be changed, or was. */
abstract class ConfigCommand extends AdminCommand {
    /** Where the API has all of this. */
    static final String CONFIG = "/api/v1/config";

    @Option(names = "--json", description = "Print what the API answers.")
    private boolean json;

    /** Orders it and prints the plan that comes back. */
    final int order(AdminClient client, String path) throws AdminException {
        JsonObject plan = fine(client.post(CONFIG + path)).body();
        if (json) {
            out().println(plan.encodePrettily());
        } else {
            PlanText.of(plan, paint()).forEach(out()::println);
        }
        return ExitCode.OK;
    }

    /**
     * Nothing if no file was named, or the one that Fairlead runs with.
     *
     * @throws AdminException if it is another: what stands there would not be taken
     */
    final void requireSameFile(AdminClient client) throws AdminException {
        Optional<Path> named = target().file();
        if (named.isEmpty()) {
            return;
        }
        String running = fine(client.get(CONFIG)).body().getString("file");
        if (!isSame(named.get(), Path.of(running))) {
            throw new AdminException("the Fairlead at " + client.address() + " runs with " + Plain.line(running)
                    + ", not with " + named.get() + ": it takes only its own file, so nothing was done");
        }
    }

    /** Also by way of symbolic links, where the files are to be found here. */
    private static boolean isSame(Path named, Path running) {
        return running.isAbsolute()
                && (named.toAbsolutePath().normalize().equals(running)
                        || (real(named).isPresent() && real(named).equals(real(running))));
    }

    private static Optional<Path> real(Path path) {
        try {
            return Optional.of(path.toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
