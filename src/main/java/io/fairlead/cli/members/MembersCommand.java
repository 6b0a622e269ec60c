package io.fairlead.cli.members;

import picocli.CommandLine.Command;

/** {@code fairlead members}: a group; what to do says the subcommand. */
@Command(
        name = "members",
        description = "Look after members of a running Fairlead.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            MemberCheckCommand.class,
            OrderCommand.Drain.class,
            OrderCommand.Maintenance.class,
            OrderCommand.Ready.class,
            WeightCommand.class,
            AddCommand.class,
            RemoveCommand.class
        })
public final class MembersCommand {}
