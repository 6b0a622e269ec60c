package io.fairlead.proxy.log;

import java.time.Instant;
import java.util.List;

/**
 * What the access log says of one request. Texts are as they came from the client, with all that may stand in them; what is
 * not known is empty.
 *
 * @param at when its head was here
 * @param listener the name of the listener that took it
 * @param client the address of who asked, as trusted proxies tell it
 * @param requestId as the answer and the members have it
 * @param asked what the client sent
 * @param answered what it got
 * @param durationNanos from the request's head to the end of the answer, in nanoseconds
 * @param route what the route that was taken matches
 * @param pool where the route leads
 * @param attempts the tries at members, in their order
 */
public record AccessRecord(
        Instant at,
        String listener,
        String client,
        String requestId,
        Asked asked,
        Answered answered,
        long durationNanos,
        String route,
        String pool,
        List<Attempted> attempts) {
    private static final int OBJECTS = 400;
    private static final int PER_ATTEMPT = 100;

    /**
     * What the client sent. Of its headers only what the combined format is made of: none of them has credentials.
     *
     * @param target path and query
     * @param protocol {@code "HTTP/1.1"}
     * @param bytes of the body, as far as it was read
     */
    public record Asked(
            String method, String host, String target, String protocol, String referer, String userAgent, long bytes) {
        /** A request of which no head could be read. */
        public static final Asked UNREAD = new Asked("", "", "", "", "", "", 0);
    }

    /**
     * What the client got.
     *
     * @param status 499 if it left before there was one
     * @param ending whether it got all of it
     * @param why the word, if it was an answer of Fairlead's own
     * @param bytes of the body
     */
    public record Answered(int status, Ending ending, String why, long bytes) {
        /** What stands for a status when the client left before there was one. */
        public static final int CLIENT_GONE = 499;
    }

    /** How an exchange ended for the client. */
    public enum Ending {
        /** With the last byte of an answer. */
        COMPLETE,
        /** The client left. */
        CLIENT_GONE,
        /** The answer broke off; the client's connection was closed, so that it can see that. */
        BROKEN_OFF
    }

    public AccessRecord {
        attempts = List.copyOf(attempts);
    }

    /** About how many bytes it takes up. */
    long size() {
        return OBJECTS
                + asked.target.length()
                + asked.host.length()
                + asked.referer.length()
                + asked.userAgent.length()
                + (long) PER_ATTEMPT * attempts.size();
    }
}
