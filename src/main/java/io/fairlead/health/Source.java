package io.fairlead.health;

/** Where a piece of news about a member comes from. */
public enum Source {
    /** Probes. */
    ACTIVE,
    /** Live traffic. */
    PASSIVE,
    /** An order. */
    OPERATOR,
    /** The configuration, or the lookup of a host name. */
    DISCOVERY
}
