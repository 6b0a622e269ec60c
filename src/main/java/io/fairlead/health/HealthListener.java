package io.fairlead.health;

import io.fairlead.member.Member;

/** Told of a member after each probe, and when it counts as up without one. Control context only. */
public interface HealthListener {
    /** What is known of a member without a probe: at the start, and when its name is looked up. */
    void observed(Member member, Health health);

    /**
     * A probe has ended.
     *
     * @param health what all probes so far come to; the same object as long as they come to the same
     */
    void probed(Member member, ProbeReport report, Health health);
}
