package io.fairlead.admin.events;

/** What sort of thing happened. */
public enum EventKind {
    /** A member became something else: it serves, is out, is ejected. */
    TRANSITION,
    /** A member stayed what it is; this is what would have happened to it, and why it did not. */
    REMARK,
    /** An operator's order took effect. */
    ORDER,
    /** A pool began to use all its members, healthy or not, or no longer does. */
    FAIL_OPEN,
    /** The tiers of a pool share the requests in another way. */
    TIERS,
    /** A configuration was taken, was refused, or went back to the one before. */
    RELOAD,
    /** The program serves. */
    START,
    /** The program was told to stop. */
    STOP
}
