package io.fairlead.pool;

/**
 * An order of the operator that is in force and not in the file: a restart would end it.
 *
 * @param pool its name
 * @param member its id
 * @param words what is other than in the file: {@code "weight 5 instead of 1"}, {@code "drain"}, {@code "added"}
 */
public record Drift(String pool, String member, String words) {
    @Override
    public String toString() {
        return pool + "/" + member + ": " + words;
    }
}
