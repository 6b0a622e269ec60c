package io.fairlead.program.scenario;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plays scenarios and prints, as rows of a table, what is asked and what was seen. */
final class Verdicts {
    private boolean missed;

    /** Some scenarios that belong together. */
    interface Part {
        /** Plays them, with files in this directory. */
        void play(Path directory) throws Exception;
    }

    /**
     * Plays parts, all or those that are named, and ends the process: with 1 if something that is asked was missed.
     *
     * @param options which may stand among the names, for the message
     */
    void play(Map<String, Part> parts, List<String> names, String options) throws Exception {
        if (!parts.keySet().containsAll(names)) {
            System.err.println("expected: " + options + ", and of " + parts.keySet() + " what is to be played");
            System.exit(2);
        }
        Path directory = Files.createTempDirectory("fairlead-scenarios");
        try {
            System.out.println("| what happens | asked | seen |\n|---|---|---|");
            for (Map.Entry<String, Part> part : parts.entrySet()) {
                if (names.isEmpty() || names.contains(part.getKey())) {
                    part.getValue().play(directory);
                }
            }
        } finally {
            delete(directory);
        }
        System.out.println(missed ? "FAILED: see the rows with MISSED" : "all well");
        System.exit(missed ? 1 : 0);
    }

    /** A row; not met, it is marked. */
    void row(String what, String asked, String seen, boolean met) {
        missed |= !met;
        System.out.println("| " + what + " | " + asked + " | " + (met ? seen : "MISSED: " + seen) + " |");
    }

    /** A format filled in, the same in all countries. */
    static String text(String format, Object... args) {
        return String.format(Locale.ROOT, format, args);
    }

    private static void delete(Path directory) throws IOException {
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path left, @org.jspecify.annotations.Nullable IOException cause)
                    throws IOException {
                Files.delete(left);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
