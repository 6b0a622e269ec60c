package io.fairlead.admin.metrics;

import io.fairlead.health.Ground;
import io.fairlead.health.HealthState;
import io.fairlead.health.HealthTally;
import io.fairlead.member.AdminState;
import io.fairlead.pool.MemberStatus;
import io.fairlead.settings.Kebab;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;

/** What is told of each member of a pool: how it stands, and what its probes and transitions came to. Any thread. */
final class MemberMetrics {
    private static final double[] PROBE_BOUNDS = HealthTally.bounds();
    /** The words for a member's state: what was ordered, else what is observed. */
    private static final List<String> STATES = states();

    private final Families families;
    private final boolean probed;

    /** Of members that are probed, or are not. */
    MemberMetrics(Families families, boolean probed) {
        this.families = families;
        this.probed = probed;
    }

    private static List<String> states() {
        List<String> states = new ArrayList<>();
        for (HealthState state : HealthState.values()) {
            states.add(Kebab.of(state));
        }
        states.add(Kebab.of(AdminState.DRAIN));
        states.add(Kebab.of(AdminState.MAINTENANCE));
        return List.copyOf(states);
    }

    void add(MemberStatus status, HealthTally tally, Labels member) {
        families.gauge(Metric.MEMBER_IN_FLIGHT, member, status.member().inFlight());
        families.gauge(Metric.MEMBER_UP, member, status.health().state().isServing());
        String present =
                status.admin() == AdminState.READY ? Kebab.of(status.health().state()) : Kebab.of(status.admin());
        for (String state : STATES) {
            families.gauge(Metric.MEMBER_STATE, member.add("state", state), state.equals(present));
        }
        tally.flips().forEach((flip, count) -> {
            Labels labels = member.merge(Labels.of("to", flip.to(), "reason", flip.reason()));
            families.count(Metric.MEMBER_TRANSITIONS, labels, count);
        });
        if (probed) {
            probes(tally, member);
        }
        for (Ground ground : Ground.values()) {
            ejections(tally, ground, true, member);
            ejections(tally, ground, false, member);
        }
    }

    private void probes(HealthTally tally, Labels member) {
        families.count(Metric.PROBES, member.add("result", "passed"), tally.passed());
        families.count(Metric.PROBES, member.add("result", "failed"), tally.failed());
        families.histogram(Metric.PROBE_DURATION, member, PROBE_BOUNDS, tally.durations(), tally.durationSum());
    }

    private void ejections(HealthTally tally, Ground ground, boolean enforced, Labels member) {
        Labels labels = member.merge(Labels.of("reason", Kebab.of(ground), "enforced", String.valueOf(enforced)));
        families.count(Metric.EJECTIONS, labels, tally.ejections(ground, enforced));
    }
}
