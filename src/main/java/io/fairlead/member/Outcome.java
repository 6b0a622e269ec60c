package io.fairlead.member;

/** How an attempt at a member ended. */
public enum Outcome {
    /** The member answered to the end; the lease knows the status. */
    ANSWERED,
    /** No connection could be had: refused, unreachable, or not in time. The member saw nothing of the request. */
    CONNECT_FAILED,
    /** The connection broke, or what came was not HTTP, before the answer's end. */
    RESET,
    /** The member kept us waiting longer than a time-out allows. */
    TIMED_OUT,
    /** Ended by the client or by Fairlead itself; says nothing about the member. */
    ABANDONED
}
