package io.fairlead.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where lines are written to: {@code "-"} is standard output, empty is nowhere, all else is a file.
 *
 * @param text the written form
 * @param file empty: no file
 */
public record Output(String text, Optional<Path> file) {
    private static final String STANDARD = "-";

    /** Reads the written form. */
    public static Output parse(String text) {
        boolean isFile = !text.isEmpty() && !text.equals(STANDARD);
        return new Output(text, isFile ? Optional.of(Path.of(text)) : Optional.empty());
    }

    /** With a relative file as one of this directory. */
    public Output in(Path directory) {
        return new Output(text, file.map(directory::resolve));
    }

    /** Whether nothing is written. */
    public boolean isNone() {
        return text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
