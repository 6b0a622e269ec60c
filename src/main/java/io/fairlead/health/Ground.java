package io.fairlead.health;

/** On what evidence from live traffic a member is taken out. */
public enum Ground {
    /** Requests failed in a row. */
    FAILURES,
    /** It was much slower than its peers. */
    LATENCY
}
