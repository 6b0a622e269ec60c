package io.fairlead.health;

import io.fairlead.member.Member;

/** Told when a member begins or ceases to serve, and when its first probe says that it does not serve yet. */
@FunctionalInterface
public interface HealthListener {
    /**
     * Called with the health after the change; its reason is the cause. A member is taken not to serve before the first
     * call. Control context only.
     */
    void flipped(Member member, Health health);
}
