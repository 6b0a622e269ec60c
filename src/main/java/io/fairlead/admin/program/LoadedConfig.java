package io.fairlead.admin.program;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the effective configuration came from.
 *
 * @param file its absolute path; a word if it came from none
 * @param hash of its text; the same text has the same hash
 * @param loadedAt when it took effect
 * @param lastReload the last attempt to replace it; empty if there was none
 * @param reloads how many attempts there were
 */
public record LoadedConfig(String file, String hash, Instant loadedAt, Optional<Reload> lastReload, Reloads reloads) {
    /** Of a configuration that nobody tried to replace yet. */
    public static LoadedConfig first(String file, String hash, Instant loadedAt) {
        return new LoadedConfig(file, hash, loadedAt, Optional.empty(), new Reloads(0, 0));
    }

    /** After an attempt that took effect. */
    public LoadedConfig taken(String newHash, Instant at, String message) {
        Reload reload = new Reload(at, true, message);
        return new LoadedConfig(
                file, newHash, at, Optional.of(reload), new Reloads(reloads.taken + 1, reloads.refused));
    }

    /** After one that had taken effect and does no longer: what is in force has this hash. */
    public LoadedConfig wentBack(String hashBefore, Instant at, String message) {
        return new LoadedConfig(file, hashBefore, at, Optional.of(new Reload(at, false, message)), reloads);
    }

    /** After one that did not. */
    public LoadedConfig refused(Instant at, String message) {
        Reload reload = new Reload(at, false, message);
        return new LoadedConfig(
                file, hash, loadedAt, Optional.of(reload), new Reloads(reloads.taken, reloads.refused + 1));
    }

    /**
     * One attempt to take a changed file.
     *
     * @param at when
     * @param ok whether it took effect
     * @param message what changed, or why it was refused
     */
    public record Reload(Instant at, boolean ok, String message) {}

    /**
     * Attempts to take a changed file, since the start.
     *
     * @param taken that took effect
     * @param refused that did not
     */
    public record Reloads(long taken, long refused) {}
}
