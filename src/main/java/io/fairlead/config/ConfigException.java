package io.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration was refused: at least one of its problems is an error. The message is all of them, ready to print. */
public final class ConfigException extends Exception {
    private final transient List<ConfigProblem> problems;
    private final transient Set<Path> files;

    ConfigException(List<ConfigProblem> problems, Set<Path> files) {
        super(problems.stream().map(ConfigProblem::format).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
        this.files = Set.copyOf(files);
    }

    /** Errors and warnings, by line. */
    public List<ConfigProblem> problems() {
        return problems;
    }

    /** What a change could make it right, as far as that is known: see {@link Reading#files()}. */
    public Set<Path> files() {
        return files;
    }
}
