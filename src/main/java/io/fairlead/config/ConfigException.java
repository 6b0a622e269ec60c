package io.fairlead.config;

import java.util.List;
import java.util.stream.Collectors;

/** A configuration was refused: at least one of its problems is an error. The message is all of them, ready to print. */
public final class ConfigException extends Exception {
    private final transient List<ConfigProblem> problems;

    ConfigException(List<ConfigProblem> problems) {
        super(problems.stream().map(ConfigProblem::format).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Errors and warnings, by line. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
