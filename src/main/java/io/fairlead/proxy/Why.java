package io.fairlead.proxy;

import io.fairlead.settings.Kebab;

/** Why Fairlead itself answered a request: the status, and the one word that answer, log and metrics share. */
public enum Why {
    /** The request breaks the rules of HTTP, or asks for what is not supported. */
    MALFORMED(400),
    /** No route matches. */
    NO_ROUTE(404),
    /** The client did not send its request in time. */
    CLIENT_TIMEOUT(408),
    /** The head or the body is over the listener's limit. */
    TOO_LARGE(413),
    /** No connection to a member could be had. */
    CONNECT_FAILED(502),
    /** The member's connection broke, or its answer was not HTTP. */
    UPSTREAM_RESET(502),
    /** The failure could be tried again, but the attempts or the budget were used up. */
    RETRY_EXHAUSTED(502),
    /** No member of the pool may get requests now. */
    NO_MEMBER_AVAILABLE(503),
    /** All members have as many requests as they may, and as many wait as may. */
    QUEUE_FULL(503),
    /** No member got room in time. */
    QUEUE_TIMEOUT(503),
    /** A time-out of the pool or the route passed. */
    UPSTREAM_TIMEOUT(504);

    private final int status;
    private final String word;

    Why(int status) {
        this.status = status;
        this.word = Kebab.of(this);
    }

    /** The usual status of such an answer. */
    public int status() {
        return status;
    }

    /** The word, in kebab-case. */
    public String word() {
        return word;
    }
}
