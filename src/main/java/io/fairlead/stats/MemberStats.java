package io.fairlead.stats;

/**
 * One member, over all event loops.
 *
 * @param counts since the start
 * @param requests the same requests, against time
 * @param latency from sending the request's head to the answer's last byte; tunnels are left out
 * @param firstByte from sending the request's head to the answer's head
 */
public record MemberStats(MemberCounts counts, Requests requests, Latency latency, Latency firstByte) {
    /** Of a member that never had a request, in a window of this length. */
    public static MemberStats none(double windowSeconds) {
        Latency latency = Latency.none(windowSeconds);
        return new MemberStats(MemberCounts.NONE, Requests.none(windowSeconds), latency, latency);
    }
}
