package io.fairlead.health;

import io.fairlead.member.Member;

/** Told of a member after each probe, and when it counts as up without one. */
@FunctionalInterface
public interface HealthListener {
    /** Called with all that probes tell of it; the reason is the cause. Control context only. */
    void observed(Member member, Health health);
}
