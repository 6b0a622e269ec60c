package io.fairlead.config;

import java.util.List;

/**
 * A configuration that was accepted.
 *
 * @param config the configuration
 * @param warnings what is doubtful in it, by line
 */
public record Reading(Config config, List<ConfigProblem> warnings) {
    public Reading {
        warnings = List.copyOf(warnings);
    }
}
