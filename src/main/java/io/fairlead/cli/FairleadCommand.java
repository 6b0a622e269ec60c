package io.fairlead.cli;

import io.fairlead.Version;
import io.fairlead.cli.config.ConfirmCommand;
import io.fairlead.cli.config.PlanCommand;
import io.fairlead.cli.config.ReloadCommand;
import io.fairlead.cli.config.RollbackCommand;
import io.fairlead.cli.config.ShowConfigCommand;
import io.fairlead.cli.members.MembersCommand;
import io.fairlead.cli.status.StatusCommand;
import io.fairlead.network.Transport;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** {@code fairlead}: without a subcommand it runs the load balancer. */
@Command(
        name = "fairlead",
        description = "A load balancer for HTTP with health checking.",
        mixinStandardHelpOptions = true,
        versionProvider = FairleadCommand.Versions.class,
        subcommands = {
            RunCommand.class,
            DemoCommand.class,
            CheckCommand.class,
            PlanCommand.class,
            ReloadCommand.class,
            ConfirmCommand.class,
            RollbackCommand.class,
            ShowConfigCommand.class,
            StatusCommand.class,
            MembersCommand.class,
            CompletionCommand.class,
            FairleadCommand.VersionCommand.class
        },
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:fine", "1:errors", "2:wrong usage"})
public final class FairleadCommand {
    private static final Set<String> OWN_OPTIONS = Set.of("-h", "--help", "-V", "--version");

    /** All went well. */
    static final int FINE = 0;
    /** There were errors, and they were said. */
    static final int ERRORS = 1;

    /** Runs a command line and tells the exit code: 0 fine, 1 errors, 2 wrong usage. */
    public static int execute(String... args) {
        CommandLine line = new CommandLine(new FairleadCommand());
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(Transport.class, FairleadCommand::transport);
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println("fairlead: " + failure.getMessage());
            return ERRORS;
        });
        return line.execute(withDefault(line, args));
    }

    /** Without a subcommand, and unless help or version is asked for, it is {@code run}. */
    private static String[] withDefault(CommandLine line, String[] args) {
        if (args.length > 0 && (line.getSubcommands().containsKey(args[0]) || OWN_OPTIONS.contains(args[0]))) {
            return args;
        }
        String[] all = new String[args.length + 1];
        all[0] = "run";
        System.arraycopy(args, 0, all, 1, args.length);
        return all;
    }

    private static Transport transport(String word) {
        for (Transport transport : Transport.values()) {
            if (transport.toString().equals(word)) {
                return transport;
            }
        }
        throw new CommandLine.TypeConversionException("\"" + word + "\" (expected: auto, epoll, io-uring or nio)");
    }

    /** {@code fairlead version}. */
    @Command(name = "version", description = "Print the version.", mixinStandardHelpOptions = true)
    static final class VersionCommand implements Callable<Integer> {
        @CommandLine.Spec
        private CommandLine.Model.@Nullable CommandSpec spec;

        @Override
        public Integer call() {
            if (spec != null) {
                spec.commandLine().getOut().println(Versions.line());
            }
            return FINE;
        }
    }

    /** What {@code --version} prints. */
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {line()};
        }

        static String line() {
            return "fairlead " + Version.text();
        }
    }
}
