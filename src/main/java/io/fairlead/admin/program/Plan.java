package io.fairlead.admin.program;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What taking a configuration changes in the running one: the difference and what it touches, before it is applied, or after.
 * Immutable; any thread.
 *
 * @param file where the configuration stands
 * @param hash of its text
 * @param changes each key that differs, in the order of the file; secrets are not told
 * @param listeners those there are, and those that come
 * @param pools those there are, and those that come
 * @param drift orders of the operator, and whether they outlast it
 * @param warnings what is doubtful in the file, one text each, with its line
 */
public record Plan(
        String file,
        String hash,
        List<Change> changes,
        List<ListenerStep> listeners,
        List<PoolStep> pools,
        List<DriftStep> drift,
        List<String> warnings) {
    public Plan {
        changes = List.copyOf(changes);
        listeners = List.copyOf(listeners);
        pools = List.copyOf(pools);
        drift = List.copyOf(drift);
        warnings = List.copyOf(warnings);
    }

    /** Whether nothing of the running configuration would be another one. */
    public boolean changesNothing() {
        return changes.isEmpty();
    }

    /**
     * One key that differs.
     *
     * @param step {@link Step#ADDED}, {@link Step#REMOVED} or {@link Step#CHANGED}
     * @param path such as {@code pools.app.members.blue.weight}
     * @param from as TOML has it; empty if it is new
     * @param to as TOML has it; empty if it goes
     */
    public record Change(Step step, String path, String from, String to) {}

    /**
     * What becomes of a listener.
     *
     * @param connections that clients have open there now; 0 for a new one
     */
    public record ListenerStep(String name, String address, Step step, long connections) {}

    /**
     * What becomes of a pool.
     *
     * @param added ids of members that come
     * @param removed ids of members that go
     * @param changed ids of members that stay with another weight, tier or state
     * @param inFlight requests that are in flight now at members that go
     * @param movedKeys where a key leads to a member, the share of all keys that lead elsewhere from then on, 0 to 1
     */
    public record PoolStep(
            String name,
            Step step,
            List<String> added,
            List<String> removed,
            List<String> changed,
            long inFlight,
            OptionalDouble movedKeys) {
        public PoolStep {
            added = List.copyOf(added);
            removed = List.copyOf(removed);
            changed = List.copyOf(changed);
        }
    }

    /**
     * An order of the operator that is in force.
     *
     * @param member its id
     * @param words what is other than in the file: {@code "weight 5 instead of 1"}, {@code "drain"}
     * @param kept whether it outlasts the change; false if the file itself now says something new of it
     */
    public record DriftStep(String pool, String member, String words, boolean kept) {}
}
