package io.fairlead.pool;

import io.fairlead.health.Health;
import io.fairlead.health.HealthHistory;
import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import java.time.Duration;

/**
 * How one member of a pool stands: what is observed of it, what was ordered, and what it is worth. Control context only.
 */
final class Standing {
    static final String ORDERED = "ordered by the operator";

    private final Member member;
    private final int tier;
    private final int configuredWeight;
    private final Duration slowStart;
    private final HealthHistory history = new HealthHistory();
    private Health health;
    private AdminState admin = AdminState.READY;
    private int weight;
    private long ejections;
    private boolean ramping;
    private long upAt;

    Standing(Member member, MemberSettings settings, Duration slowStart, Health health) {
        this.member = member;
        this.tier = settings.tier();
        this.configuredWeight = settings.weight();
        this.weight = settings.weight();
        this.slowStart = slowStart;
        this.health = health;
    }

    Member member() {
        return member;
    }

    int tier() {
        return tier;
    }

    /** As ordered, else as configured. */
    int weight() {
        return weight;
    }

    Health health() {
        return health;
    }

    HealthHistory history() {
        return history;
    }

    AdminState admin() {
        return admin;
    }

    /** Whether requests may go there. */
    boolean mayServe() {
        return health.state().isServing() && admin == AdminState.READY;
    }

    /** Whether requests could go there if health were not looked at. */
    boolean isUsable() {
        return admin == AdminState.READY && health.state() != HealthState.UNRESOLVED;
    }

    /** The weight as slow start lets it count at this time of the ticker. */
    double rampedWeight(long now) {
        return ramping ? weight * SlowStart.part(slowStart, now - upAt) : weight;
    }

    /** Whether its weight may be another one by now, without anything being observed or ordered. */
    boolean ramp(long now) {
        boolean was = ramping;
        ramping &= now - upAt < slowStart.toNanos();
        return was;
    }

    /** Takes what is observed. A member that comes back is cold and starts slowly; one that was never out is not. */
    void observe(Health next, long now) {
        if (next.state().isServing() && wasOut()) {
            ramping = !slowStart.isZero();
            upAt = now;
        }
        if (next.state() == HealthState.EJECTED && health.state() != HealthState.EJECTED) {
            ejections++;
        }
        if (health != next) {
            health = next;
        }
    }

    private boolean wasOut() {
        return health.state() == HealthState.DOWN
                || health.state() == HealthState.RISING
                || health.state() == HealthState.EJECTED;
    }

    /** As it is shown, with this effective weight. */
    MemberStatus status(double effectiveWeight) {
        return new MemberStatus(
                member,
                health,
                history.lastProbe(),
                admin,
                tier,
                weight,
                configuredWeight,
                effectiveWeight,
                ejections,
                ramping && effectiveWeight > 0);
    }

    void order(AdminState next) {
        admin = next;
    }

    /** Takes another weight, 1 to 256. */
    void order(int next) {
        weight = MemberSettings.requireWeight(next);
    }
}
