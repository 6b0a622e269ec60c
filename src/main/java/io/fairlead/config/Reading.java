package io.fairlead.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A configuration that was accepted.
 *
 * @param config the configuration
 * @param hash of the text that it was read from: the same text has the same hash
 * @param warnings what is doubtful in it, by line
 * @param files what it was read from, absolute paths: the file itself, unless only a text was read, and all files that it takes
 *     values, certificates or keys from
 */
public record Reading(Config config, String hash, List<ConfigProblem> warnings, Set<Path> files) {
    public Reading {
        warnings = List.copyOf(warnings);
        files = Set.copyOf(files);
    }
}
