package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.vertx.core.json.JsonObject;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code fairlead members check POOL/MEMBER}: one probe now, the verdict with its reason, the rules, and what came before. Fine if
 * the member serves.
 */
@Command(
        name = "check",
        description = "Probe a member now, and tell why it is in or out.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the member serves", "1:it does not, or it could not be checked", "2:wrong usage"})
final class MemberCheckCommand extends MemberCommand {
    @Parameters(paramLabel = "POOL/MEMBER", description = "Whom, such as app/10.0.0.11:9001.")
    private String name = "";

    @Option(
            names = "--history",
            paramLabel = "N",
            defaultValue = "20",
            description = "Lines of history, 0 to 256 (default: ${DEFAULT-VALUE}).")
    private int lines = 20;

    @Option(names = "--json", description = "Print what the API answers.")
    private boolean json;

    @Override
    protected void check() {
        named(name);
        if (lines < 0 || lines > 256) {
            throw usage("--history: " + lines + " (expected: 0 to 256)");
        }
    }

    @Override
    protected int run(AdminClient client) throws AdminException {
        MemberName member = named(name);
        AdminClient.Answer check = client.post(member.path() + "/check");
        AdminClient.Answer health = client.get(member.path() + "/health");
        if (health.status() == 404) {
            KnownMembers.of(client).require(List.of(member));
        }
        fine(health);
        if (json) {
            out().println(new JsonObject()
                    .put("check", check.body())
                    .put("health", health.body())
                    .encodePrettily());
        } else {
            new CheckReport(member, health.body(), lines).print(check.isFine() ? check.body() : null, out());
        }
        if (!check.isFine()) {
            throw new AdminException(member + ": " + check.detail());
        }
        return Boolean.TRUE.equals(health.body().getBoolean("serves")) ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
