package io.fairlead.proxy.log;

import io.fairlead.member.Outcome;

/**
 * One try at one member, as the access log tells it.
 *
 * @param member its id
 * @param outcome how the try ended
 * @param status of the member's answer; 0: there was none
 * @param connectNanos from the try's begin until a connection was there, new or kept; below 0: none was
 * @param firstByteNanos from sending the request's head to the answer's head; below 0: none came
 * @param durationNanos from the try's begin to its end
 */
public record Attempted(
        String member, Outcome outcome, int status, long connectNanos, long firstByteNanos, long durationNanos) {}
