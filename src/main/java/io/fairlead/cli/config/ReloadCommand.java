package io.fairlead.cli.config;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.settings.Durations;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code fairlead reload}: the running one takes its file, if it has no error; for good, or on trial. */
@Command(
        name = "reload",
        description = "Have a running Fairlead take its file; if it has an error, nothing changes.",
        mixinStandardHelpOptions = true)
public final class ReloadCommand extends ConfigCommand {
    @Option(
            names = "--confirm",
            paramLabel = "TIME",
            description = "It goes back by itself unless \"fairlead confirm\" comes within this time, such as 60s.")
    private @Nullable String confirm;

    @Option(
            names = "--rollback-if",
            paramLabel = "COND",
            description = "It goes back at once if more requests fail, such as 'errors>2%%'; with --confirm.")
    private @Nullable String rollbackIf;

    @Override
    protected void check() {
        if (rollbackIf != null && confirm == null) {
            throw usage("--rollback-if: stands alone (expected: with --confirm, such as --confirm 60s)");
        }
        if (confirm != null) {
            try {
                Durations.parse(confirm);
            } catch (IllegalArgumentException e) {
                throw usage("--confirm: " + e.getMessage());
            }
        }
    }

    @Override
    protected int run(AdminClient client) throws AdminException {
        requireSameFile(client);
        if (confirm == null) {
            return order(client, "/reload");
        }
        String condition = rollbackIf == null ? "" : "&rollback_if=" + encoded(rollbackIf);
        int code = order(client, "/reload?confirm=" + encoded(confirm) + condition);
        say("It goes back in " + confirm
                + " by itself: \"fairlead confirm\" keeps it, \"fairlead rollback\" goes back at once.");
        return code;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
