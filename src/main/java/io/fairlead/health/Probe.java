package io.fairlead.health;

import io.fairlead.member.Member;
import io.vertx.core.Future;
import java.time.Duration;

/** One way to ask a member whether it is well. Control context only. */
public interface Probe {
    /**
     * Asks once.
     *
     * @param member whom; its {@link Member#ip()} is known
     * @param timeout all the time that the probe may take, connecting included
     * @return the result, on the control context; whatever goes wrong is a {@link ProbeResult.Failed}, never a failed
     *     future. After its end nothing of the probe is left: no timer, no connection in mid-answer
     */
    Future<ProbeResult> probe(Member member, Duration timeout);

    /** Gives back what the probe holds. */
    default void close() {}
}
