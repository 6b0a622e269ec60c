package io.fairlead.cli.members;

import io.fairlead.config.Spelling;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class MemberCheckCommand implements Callable<Integer> {
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

    @Mixin
    private AdminTarget target = new AdminTarget();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("spec: missing (expected: set by picocli)");
        }
        if (lines < 0 || lines > 256) {
            throw new ParameterException(spec.commandLine(), "--history: " + lines + " (expected: 0 to 256)");
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            return check(named(spec), spec.commandLine().getOut(), err);
        } catch (MembersException e) {
            err.println("fairlead: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private MemberName named(CommandSpec own) {
        try {
            return MemberName.parse(name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(own.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private int check(MemberName member, PrintWriter out, PrintWriter err) throws MembersException {
        AdminClient client = new AdminClient(target.find(System.getenv()));
        AdminClient.Answer check = client.post(member.path() + "/check");
        AdminClient.Answer health = client.get(member.path() + "/health");
        if (!health.isFine()) {
            throw new MembersException(health.status() == 404 ? unknown(member, client) : health.detail());
        }
        if (json) {
            out.println(new JsonObject()
                    .put("check", check.body())
                    .put("health", health.body())
                    .encodePrettily());
        } else {
            new CheckReport(member, health.body(), lines).print(check.isFine() ? check.body() : null, out);
        }
        if (!check.isFine()) {
            out.flush();
            err.println("fairlead: " + member + ": " + check.detail());
            return ExitCode.SOFTWARE;
        }
        return Boolean.TRUE.equals(health.body().getBoolean("serves")) ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private static String unknown(MemberName member, AdminClient client) throws MembersException {
        List<String> known = new ArrayList<>();
        JsonArray pools = client.get("/api/v1/status").body().getJsonArray("pools", new JsonArray());
        for (int i = 0; i < pools.size(); i++) {
            JsonObject pool = pools.getJsonObject(i);
            JsonArray members = pool.getJsonArray("members");
            for (int j = 0; j < members.size(); j++) {
                known.add(
                        pool.getString("name") + "/" + members.getJsonObject(j).getString("id"));
            }
        }
        return "there is no member " + member
                + Spelling.nearest(member.toString(), known)
                        .map(near -> ", did you mean " + near + "?")
                        .orElse(" (expected: one of "
                                + String.join(", ", known.subList(0, Math.min(10, known.size())))
                                + (known.size() > 10 ? ", ... " : "") + ")");
    }
}
