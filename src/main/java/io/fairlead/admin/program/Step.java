package io.fairlead.admin.program;

/** What a change of the configuration does to one listener, route or pool. */
public enum Step {
    /** It stays as it is, with all that it has. */
    KEPT,
    /** It is new. */
    ADDED,
    /** It goes; what it has in work is finished. */
    REMOVED,
    /** It stays, and goes by other settings from the next request on. */
    CHANGED,
    /** Of a listener: new connections are taken by a new one in its place, the old one's are finished. */
    REBOUND
}
