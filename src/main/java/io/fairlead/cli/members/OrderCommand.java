package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Parameters;

/** {@code fairlead members drain|maintenance|ready POOL/MEMBER...}: whether members are to serve. If one is unknown, none is touched. */
abstract class OrderCommand extends MemberCommand {
    @Parameters(arity = "1..*", paramLabel = "POOL/MEMBER", description = "Whom, such as app/10.0.0.11:9001.")
    private List<String> names = new ArrayList<>();

    private final String admin;

    private OrderCommand(String admin) {
        this.admin = admin;
    }

    @Override
    protected void check() {
        names.forEach(this::named);
    }

    @Override
    protected int run(AdminClient client) throws AdminException {
        List<MemberName> members = names.stream().map(this::named).toList();
        if (members.size() > 1) {
            KnownMembers.of(client).require(members);
        }
        for (MemberName member : members) {
            AdminClient.Answer answer = order(client, "PATCH", member, new JsonObject().put("admin", admin));
            out().println(standing(member, answer.body()));
        }
        return ExitCode.OK;
    }

    /** No new requests but those of its sessions. */
    @Command(
            name = "drain",
            description = "Send members no new requests, but for those of sessions that began there.",
            mixinStandardHelpOptions = true)
    static final class Drain extends OrderCommand {
        Drain() {
            super("drain");
        }
    }

    /** No requests at all. */
    @Command(name = "maintenance", description = "Send members no requests at all.", mixinStandardHelpOptions = true)
    static final class Maintenance extends OrderCommand {
        Maintenance() {
            super("maintenance");
        }
    }

    /** Requests again. */
    @Command(
            name = "ready",
            description = "Send members requests again, if they are well.",
            mixinStandardHelpOptions = true)
    static final class Ready extends OrderCommand {
        Ready() {
            super("ready");
        }
    }
}
