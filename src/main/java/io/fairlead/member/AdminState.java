package io.fairlead.member;

/** What the operator ordered for a member; independent of what is observed of its health. */
public enum AdminState {
    /** Takes traffic as its health allows. */
    READY,
    /** Finishes what it has, gets nothing new; still probed. */
    DRAIN,
    /** No traffic, no probes. */
    MAINTENANCE
}
