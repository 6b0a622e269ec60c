package io.fairlead.health;

/** How one probe ended. */
public sealed interface ProbeResult {
    /** What was seen, for people: {@code "200"}, {@code "connection refused"}. */
    String detail();

    /** The member answered as expected. Hundreds are remembered per member: a probe makes one for each detail, and shares it. */
    record Passed(String detail) implements ProbeResult {}

    /** It did not. */
    record Failed(Reason reason, String detail) implements ProbeResult {}

    /** Why a probe failed, for machines. */
    enum Reason {
        /** No connection: refused, unreachable, reset while connecting. */
        CONNECT,
        /** Not ended within the probe's time-out. */
        TIMEOUT,
        /** What came is not the protocol, or the connection broke. */
        PROTOCOL,
        /** A status that is not expected. */
        STATUS,
        /** The expected text is not in the body. */
        BODY,
        /** The certificate or the handshake was refused. */
        TLS,
        /** The probe itself went wrong: it threw, or ended without a result. */
        BROKEN
    }
}
