package io.fairlead.cli.admin;

import io.fairlead.cli.text.Paint;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that is for a running Fairlead. What cannot be had is said on standard error, and makes the exit code 1. */
public abstract class AdminCommand implements Callable<Integer> {
    private static final int BAD_REQUEST = 400;

    @Mixin
    private AdminTarget target = new AdminTarget();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public final Integer call() {
        try {
            check();
            return run(new AdminClient(target.find(System.getenv())));
        } catch (AdminException e) {
            out().flush();
            say("fairlead: " + e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    /**
     * Looks at the arguments before anybody is asked; see {@link #usage}.
     *
     * @throws ParameterException if one is wrong
     */
    protected void check() {}

    /**
     * Does it.
     *
     * @return the exit code
     * @throws AdminException if it cannot be done
     */
    protected abstract int run(AdminClient client) throws AdminException;

    /** Where data goes. */
    protected final PrintWriter out() {
        return spec().commandLine().getOut();
    }

    /** Prints a message. */
    protected final void say(String message) {
        spec().commandLine().getErr().println(message);
    }

    /** Colours, where somebody is there to see them. */
    protected final Paint paint() {
        return new Paint(spec().commandLine().getColorScheme().ansi().enabled());
    }

    /** Which Fairlead it is for. */
    protected final AdminTarget target() {
        return target;
    }

    /** What is thrown when the command line is wrong. */
    protected final ParameterException usage(String message) {
        return new ParameterException(spec().commandLine(), message);
    }

    /**
     * The body of an answer that is fine.
     *
     * @throws AdminException with Fairlead's own words, if it is not
     * @throws ParameterException if Fairlead says that what was asked for is wrong in itself
     */
    protected final AdminClient.Answer fine(AdminClient.Answer answer) throws AdminException {
        if (answer.status() == BAD_REQUEST) {
            throw usage(answer.detail());
        }
        if (!answer.isFine()) {
            throw new AdminException(answer.problem());
        }
        return answer;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("spec: missing (expected: set by picocli)");
        }
        return spec;
    }
}
