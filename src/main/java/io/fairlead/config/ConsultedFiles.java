package io.fairlead.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the files that a configuration names, and remembers which: when one of them changes, so may the configuration. */
final class ConsultedFiles {
    private final Path directory;
    private final Set<Path> found = new LinkedHashSet<>();

    /**
     * None yet.
     *
     * @param directory what relative paths are relative to
     */
    ConsultedFiles(Path directory) {
        this.directory = directory;
    }

    Path directory() {
        return directory;
    }

    /**
     * A file that is going to be read, whether there is one or not.
     *
     * @throws InvalidPathException if the text is no path
     */
    Path find(String text) {
        Path file = directory.resolve(text);
        found.add(file.toAbsolutePath());
        return file;
    }

    /** All that were looked for, absolute. */
    Set<Path> found() {
        return found;
    }
}
