package io.fairlead.cli.members;

import picocli.CommandLine.Command;

/** {@code fairlead members}: a group; what to do says the subcommand. */
@Command(
        name = "members",
        description = "Look after one member of a running Fairlead.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = MemberCheckCommand.class)
public final class MembersCommand {}
