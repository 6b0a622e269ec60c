package io.fairlead.health;

import io.fairlead.member.Member;
import io.vertx.core.Future;

/** One way to ask a member whether it is well. Control context only. */
public interface Probe {
    /**
     * Asks once, within the time-out that the probe was made with.
     *
     * @param member whom; its {@link Member#ip()} is known
     * @return the result, on the control context; whatever goes wrong is a {@link ProbeResult.Failed}, never a failed
     *     future. After its end nothing of the probe is left: no timer, no connection in mid-answer
     */
    Future<ProbeResult> probe(Member member);

    /** Gives back what the probe keeps for a member between two probes; called when it is probed no longer. */
    default void forget(Member member) {}

    /** Gives back what the probe holds. */
    default void close() {}
}
