package io.fairlead;

import io.fairlead.cli.FairleadCommand;

/** The program: arguments in, exit code out. */
public final class Main {
    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] args) {
        System.exit(FairleadCommand.execute(args));
    }
}
