package io.fairlead.admin.events;

/**
 * Which events a reader wants.
 *
 * @param pool of this pool only; empty: of all, and of the program
 * @param member of members with this id only; empty: of all, and of pools
 */
public record EventFilter(String pool, String member) {
    /** Whether it is one of them. */
    public boolean wants(Event event) {
        return (pool.isEmpty() || pool.equals(event.subject().pool()))
                && (member.isEmpty() || member.equals(event.subject().member()));
    }
}
