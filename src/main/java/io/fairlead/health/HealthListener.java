package io.fairlead.health;

import io.fairlead.member.Member;

/** Told when a member begins or ceases to serve. Control context only. */
@FunctionalInterface
public interface HealthListener {
    /** Called on a flip only, with the health after it; the reason is the cause of the flip. */
    void flipped(Member member, Health health);
}
