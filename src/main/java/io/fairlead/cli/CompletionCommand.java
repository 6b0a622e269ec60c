package io.fairlead.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code source <(fairlead completion)}: what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script for bash or zsh that completes commands: source <(fairlead completion)",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec == null) {
            throw new IllegalStateException("spec: missing (expected: set by picocli)");
        }
        spec.commandLine()
                .getOut()
                .println(AutoComplete.bash("fairlead", spec.root().commandLine()));
        return ExitCode.OK;
    }
}
