package io.fairlead.health;

/** What is observed of a member; independent of what the operator ordered. */
public enum HealthState {
    /** Well: every recent probe passed, or nothing checks it. */
    UP,
    /** Still up, but the last probes failed; {@code fall} of them in a row take it down. */
    FALLING,
    /** Not well: gets no request. */
    DOWN,
    /** Still down, but the last probes passed; {@code rise} of them in a row bring it up. */
    RISING,
    /** Not known yet: no probe has ended. */
    CHECKING,
    /** Taken out for a time on evidence from live traffic. */
    EJECTED,
    /** Its host name leads nowhere. */
    UNRESOLVED;

    /** Whether a member in this state may get requests. */
    public boolean isServing() {
        return this == UP || this == FALLING;
    }

    /** Whether people should be told that a member came into this state from that one: if it begins or ceases to serve, or why. */
    public boolean isNewsAfter(HealthState before) {
        boolean remarkable = before == CHECKING || before == EJECTED || this == EJECTED || this == UNRESOLVED;
        return before != this && (remarkable || before.isServing() != isServing());
    }
}
