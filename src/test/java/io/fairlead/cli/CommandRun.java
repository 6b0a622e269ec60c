package io.fairlead.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * A command that was run to its end.
 *
 * @param exit its exit code
 * @param out what it has printed as data
 * @param err what it has said
 */
public record CommandRun(int exit, String out, String err) {
    /** Runs it, without colours. */
    public static CommandRun of(Object command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(command)
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new CommandRun(exit, out.toString(), err.toString());
    }

    /** What it has printed, line by line. */
    public List<String> lines() {
        return out.lines().toList();
    }
}
