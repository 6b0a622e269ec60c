package io.fairlead.stats;

/**
 * On which connections requests went to a member. Both together are the requests that were sent.
 *
 * @param opened requests that were the first on their connection
 * @param reused requests on a connection that had been kept
 */
public record Connections(long opened, long reused) {
    /** None yet. */
    public static final Connections NONE = new Connections(0, 0);

    /** Both together. */
    public Connections plus(Connections other) {
        return new Connections(opened + other.opened, reused + other.reused);
    }
}
