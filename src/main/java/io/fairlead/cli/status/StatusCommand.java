package io.fairlead.cli.status;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminCommand;
import io.fairlead.cli.admin.AdminException;
import io.vertx.core.json.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code fairlead status}: all members, once; with {@code --watch} as they change. */
@Command(name = "status", description = "Show the members of a running Fairlead.", mixinStandardHelpOptions = true)
public final class StatusCommand extends AdminCommand {
    @Option(
            names = {"-w", "--watch"},
            description = "Show them each second; q or Ctrl-C ends it. In a pipe, one table after another.")
    private boolean watch;

    @Option(names = "--json", description = "Print what the API answers; with --watch one document a line.")
    private boolean json;

    @Override
    protected int run(AdminClient client) throws AdminException {
        if (!watch) {
            JsonObject status = fine(client.get("/api/v1/status")).body();
            if (json) {
                out().println(status.encodePrettily());
            } else {
                print(status);
            }
            return ExitCode.OK;
        }
        try {
            if (!json && Terminal.isThere()) {
                onScreen(new Watch(client));
            } else {
                oneByOne(new Watch(client));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private void print(JsonObject status) {
        StatusText.of(status, Integer.MAX_VALUE, paint()).forEach(out()::println);
    }

    private void onScreen(Watch watched) throws InterruptedException {
        try (Terminal terminal = Terminal.open(out())) {
            Terminal.Reason reason = Terminal.Reason.TIME;
            while (reason != Terminal.Reason.QUIT) {
                if (reason == Terminal.Reason.TIME) {
                    watched.ask();
                }
                terminal.show(watched.frame(terminal.size(), paint()));
                reason = terminal.await(Watch.EVERY_MILLIS);
            }
        }
    }

    /** Until nobody reads any more. */
    private void oneByOne(Watch watched) throws InterruptedException {
        // The writer does not hear of it when standard output below it is broken: a print stream keeps that to itself.
        while (!out().checkError() && !System.out.checkError()) {
            watched.ask();
            JsonObject status = watched.status();
            if (!watched.trouble().isEmpty()) {
                say("fairlead: " + watched.trouble());
            } else if (status != null && json) {
                out().println(status.encode());
            } else if (status != null) {
                print(status);
                out().println();
            }
            Thread.sleep(Watch.EVERY_MILLIS);
        }
    }
}
