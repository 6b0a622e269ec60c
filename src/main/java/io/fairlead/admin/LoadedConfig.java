package io.fairlead.admin;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the effective configuration came from.
 *
 * @param file as given on the command line
 * @param hash of its text; the same text has the same hash
 * @param loadedAt when it took effect
 * @param lastReload the last attempt to replace it; empty if there was none
 */
public record LoadedConfig(String file, String hash, Instant loadedAt, Optional<Reload> lastReload) {
    /**
     * One attempt to take a changed file.
     *
     * @param at when
     * @param ok whether it took effect
     * @param message what changed, or why it was refused
     */
    public record Reload(Instant at, boolean ok, String message) {}
}
