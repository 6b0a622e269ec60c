package io.fairlead.stats;

/**
 * What came of the attempts at one member, each counted when it ends.
 *
 * @param requests attempts whose head was sent
 * @param responses heads of final responses that came, by class; one whose body then broke off is also an error
 * @param errors attempts that failed
 * @param abandoned ended by the client or by Fairlead itself
 * @param retriesFrom failed here and were tried again elsewhere
 * @param retriesTo came here after they had failed elsewhere
 * @param bytes of bodies
 */
public record MemberCounts(
        long requests,
        Responses responses,
        Errors errors,
        long abandoned,
        long retriesFrom,
        long retriesTo,
        Bytes bytes) {
    /** Nothing yet. */
    public static final MemberCounts NONE =
            new MemberCounts(0, Responses.NONE, new Errors(0, 0, 0), 0, 0, 0, new Bytes(0, 0));

    /** The same, with these responses. */
    public MemberCounts with(Responses other) {
        return new MemberCounts(requests, other, errors, abandoned, retriesFrom, retriesTo, bytes);
    }

    /** Both together. */
    public MemberCounts plus(MemberCounts other) {
        return new MemberCounts(
                requests + other.requests,
                responses.plus(other.responses),
                errors.plus(other.errors),
                abandoned + other.abandoned,
                retriesFrom + other.retriesFrom,
                retriesTo + other.retriesTo,
                bytes.plus(other.bytes));
    }

    /**
     * Responses by the first digit of their status.
     *
     * @param informational 1xx: 101, the others are no final responses
     * @param success 2xx
     * @param redirection 3xx
     * @param clientError 4xx
     * @param serverError 5xx
     */
    public record Responses(long informational, long success, long redirection, long clientError, long serverError) {
        /** None yet. */
        public static final Responses NONE = new Responses(0, 0, 0, 0, 0);

        /** All of them. */
        public long total() {
            return informational + success + redirection + clientError + serverError;
        }

        /** Both together. */
        public Responses plus(Responses other) {
            return new Responses(
                    informational + other.informational,
                    success + other.success,
                    redirection + other.redirection,
                    clientError + other.clientError,
                    serverError + other.serverError);
        }
    }

    /**
     * Failures by their kind.
     *
     * @param connect no connection could be had
     * @param reset the connection broke, or what came was not HTTP
     * @param timeout the member kept us waiting too long
     */
    public record Errors(long connect, long reset, long timeout) {
        /** Both together. */
        public Errors plus(Errors other) {
            return new Errors(connect + other.connect, reset + other.reset, timeout + other.timeout);
        }
    }

    /**
     * Bytes of bodies, without heads and framing.
     *
     * @param sent to the member
     * @param received from the member
     */
    public record Bytes(long sent, long received) {
        /** Both together. */
        public Bytes plus(Bytes other) {
            return new Bytes(sent + other.sent, received + other.received);
        }
    }
}
