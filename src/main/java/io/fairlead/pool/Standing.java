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
    private final Member member;
    private final HealthHistory history = new HealthHistory();
    private MemberSettings settings;
    private Duration slowStart;
    private Health health;
    private long ejections;
    private boolean cold;
    private boolean ramping;
    private long upAt;

    /** One that nothing is known of yet. */
    Standing(Member member, MemberSettings settings, Duration slowStart, Health health) {
        this.member = member;
        this.settings = settings;
        this.slowStart = slowStart;
        this.health = health;
    }

    /** It goes by these from now on; what is known of it stays. */
    void take(MemberSettings next, Duration nextSlowStart) {
        settings = next;
        slowStart = nextSlowStart;
    }

    /** It comes back from maintenance, where nobody looked at it: it is as this says, and cold. */
    void beginAnew(Health first) {
        health = first;
        cold = true;
    }

    /** It came while the pool was at work: where there is a slow start, it has one when it first serves. */
    void startCold(long now) {
        cold = true;
        warmUpIfServing(now);
    }

    private void warmUpIfServing(long now) {
        if (cold && health.state().isServing()) {
            cold = false;
            ramping = !slowStart.isZero();
            upAt = now;
        }
    }

    /** As it is in force: by the file and by order. */
    MemberSettings settings() {
        return settings;
    }

    Member member() {
        return member;
    }

    int tier() {
        return settings.tier();
    }

    /** As ordered, else as configured. */
    int weight() {
        return settings.weight();
    }

    Health health() {
        return health;
    }

    HealthHistory history() {
        return history;
    }

    AdminState admin() {
        return settings.admin();
    }

    /** Whether requests may go there. */
    boolean mayServe() {
        return health.state().isServing() && admin() == AdminState.READY;
    }

    /** Whether requests could go there if health were not looked at. */
    boolean isUsable() {
        return admin() == AdminState.READY && health.state() != HealthState.UNRESOLVED;
    }

    /** The weight as slow start lets it count at this time of the ticker. */
    double rampedWeight(long now) {
        return ramping ? weight() * SlowStart.part(slowStart, now - upAt) : weight();
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
        warmUpIfServing(now);
    }

    private boolean wasOut() {
        return health.state() == HealthState.DOWN
                || health.state() == HealthState.RISING
                || health.state() == HealthState.EJECTED;
    }

    /** As it is shown, with the weight that the file has for it, and this effective weight. */
    MemberStatus status(int configuredWeight, double effectiveWeight) {
        return new MemberStatus(
                member,
                health,
                history.lastProbe(),
                admin(),
                tier(),
                weight(),
                configuredWeight,
                effectiveWeight,
                ejections,
                ramping && effectiveWeight > 0);
    }
}
