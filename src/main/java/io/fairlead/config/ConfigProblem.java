package io.fairlead.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that is wrong, or doubtful, in a configuration file, and where. Holds no secret.
 *
 * @param severity whether the file is refused for it
 * @param file the file as it was called when it was read
 * @param line from 1; 0: the file as a whole
 * @param column from 1, in code points; 0: the file as a whole
 * @param path what it is about, such as {@code pools.app.stratgy}; empty where that is not known
 * @param message what is wrong and what was expected, on one line
 * @param suggestion the nearest known word, where there is one
 * @param excerpt the line, with secrets masked, and a caret under the column on a second line; empty: the file as a whole
 */
public record ConfigProblem(
        Severity severity,
        String file,
        int line,
        int column,
        String path,
        String message,
        Optional<String> suggestion,
        String excerpt) {

    /** What a problem means for the file. */
    public enum Severity {
        /** The file is refused. */
        ERROR,
        /** The file is accepted. */
        WARNING
    }

    /** The problem as it is printed: a line, then the excerpt, indented. */
    public String format() {
        StringBuilder text = new StringBuilder(file).append(':');
        if (line > 0) {
            text.append(line).append(':');
        }
        if (severity == Severity.WARNING) {
            text.append(' ').append(severity.name().toLowerCase(Locale.ROOT)).append(':');
        }
        if (!path.isEmpty()) {
            text.append(' ').append(path).append(':');
        }
        text.append(' ').append(message);
        suggestion.ifPresent(
                word -> text.append(", did you mean \"").append(word).append("\"?"));
        excerpt.lines().forEach(quoted -> text.append("\n    ").append(quoted));
        return text.toString();
    }

    @Override
    public String toString() {
        return format();
    }
}
