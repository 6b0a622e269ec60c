package io.fairlead.stats;

/**
 * One member, over all event loops.
 *
 * @param counts since the start
 * @param codes final responses that came, by status
 * @param requests those of the counts, against time
 * @param errors requests that ended in a 5xx, a broken connection or a time-out, each once; a part of {@code requests}
 * @param latency from sending the request's head to the answer's last byte; tunnels are left out
 * @param firstByte from sending the request's head to the answer's head
 * @param buckets the durations of {@code latency} since the start
 * @param connections how they were used
 */
public record MemberStats(
        MemberCounts counts,
        StatusCounts codes,
        Requests requests,
        Requests errors,
        Latency latency,
        Latency firstByte,
        Buckets buckets,
        Connections connections) {
    /** Of a member that never had a request, in a window of this length. */
    public static MemberStats none(double windowSeconds) {
        Latency latency = Latency.none(windowSeconds);
        Requests none = Requests.none(windowSeconds);
        return new MemberStats(
                MemberCounts.NONE, StatusCounts.NONE, none, none, latency, latency, Buckets.NONE, Connections.NONE);
    }
}
