package io.fairlead.config;

import java.util.List;

/**
 * A configuration that was accepted.
 *
 * @param config the configuration
 * @param hash of the text that it was read from: the same text has the same hash
 * @param warnings what is doubtful in it, by line
 */
public record Reading(Config config, String hash, List<ConfigProblem> warnings) {
    public Reading {
        warnings = List.copyOf(warnings);
    }
}
