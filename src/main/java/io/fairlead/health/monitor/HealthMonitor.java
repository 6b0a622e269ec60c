package io.fairlead.health.monitor;

import io.fairlead.health.Ground;
import io.fairlead.health.Health;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.HealthListener;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.Source;
import io.fairlead.health.outlier.OutlierDetector;
import io.fairlead.health.outlier.OutlierListener;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.health.outlier.RecentLatency;
import io.fairlead.health.outlier.TrafficEvidence;
import io.fairlead.health.outlier.TrafficVerdict;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts together what probes and live traffic say of the members of one pool. A member serves if neither speaks against it. Each
 * side helps the other: a member that traffic finds unwell is probed at once, and probes which noticed the illness too, and
 * then its end, end the ejection early. Probes that passed all the while are blind to it and do not.
 *
 * <p>Control context only.
 */
public final class HealthMonitor implements HealthListener, OutlierListener {
    private final Optional<Checked> checked;
    private final OutlierDetector detector;
    private final MonitorListener listener;
    private final Map<Member, Chart> charts = new LinkedHashMap<>();

    /** What is known of one member. */
    private static final class Chart {
        private Health active;
        private boolean probesSawIt;
        private int passes;

        private Chart(Health active) {
            this.active = active;
        }
    }

    private record Checked(HealthChecker checker, HealthSettings settings) {}

    /**
     * How a pool is checked by probes.
     *
     * @param probe how a member is asked; closed by {@link #stop()}
     */
    public record Active(HealthSettings settings, Probe probe, HealthChecker.Environment environment) {}

    /**
     * How it is checked by traffic.
     *
     * @param evidence what live traffic says
     */
    public record Passive(
            OutlierSettings settings, TrafficEvidence evidence, OutlierDetector.Environment environment) {}

    /** A monitor that watches nobody yet; without probes, members are what {@link #observed} says. */
    public HealthMonitor(Optional<Active> active, Passive passive, MonitorListener listener) {
        this.listener = listener;
        this.detector = new OutlierDetector(passive.settings(), passive.evidence(), passive.environment(), this);
        this.checked = active.map(how ->
                new Checked(new HealthChecker(how.settings(), how.probe(), how.environment(), this), how.settings()));
    }

    /** Watches a member from now on, of which this is known. */
    public void add(Member member, Health known) {
        charts.put(member, new Chart(known));
        detector.add(member);
        checked.ifPresent(c -> c.checker().add(member));
    }

    /** Takes what is observed of a member by others than traffic and probes: the lookup of its name. */
    @Override
    public void observed(Member member, Health health) {
        chart(member).active = health;
        tell(member);
    }

    @Override
    public void probed(Member member, ProbeReport report, Health health) {
        Chart chart = chart(member);
        listener.probed(member, report);
        count(chart, report);
        boolean news = chart.active != health;
        if (news) {
            chart.active = health;
        }
        boolean recovered = chart.probesSawIt
                && health.state() == HealthState.UP
                && checked.filter(c -> chart.passes >= c.settings().rise()).isPresent();
        if (recovered && !detector.verdict(member).standing().equals(Standing.WELL)) {
            detector.recovered(member);
        }
        if (news) { // of thousands of members, nearly no probe brings any
            tell(member);
        }
    }

    private static void count(Chart chart, ProbeReport report) {
        boolean passed = report.result() instanceof ProbeResult.Passed;
        chart.passes = passed ? chart.passes + 1 : 0;
        chart.probesSawIt |= !passed;
    }

    @Override
    public void judged(Member member, TrafficVerdict verdict) {
        if (verdict.standing() == Standing.EJECTED) {
            Chart chart = chart(member);
            chart.probesSawIt = chart.active.state() == HealthState.FALLING;
            chart.passes = 0;
            checked.ifPresent(c -> c.checker().probeSoon(member));
        }
        tell(member);
    }

    @Override
    public void ejected(Member member, Ground ground, boolean enforced) {
        listener.ejected(member, ground, enforced);
    }

    @Override
    public void remarked(Member member, String words) {
        listener.remarked(member, Source.PASSIVE, words);
    }

    private void tell(Member member) {
        listener.observed(member, health(chart(member).active, detector.verdict(member)));
    }

    /** What both say together. */
    static Health health(Health active, TrafficVerdict traffic) {
        if (!active.state().isServing()) {
            return active;
        }
        Health passive = new Health(
                switch (traffic.standing()) {
                    case EJECTED -> HealthState.EJECTED;
                    case ON_TRIAL -> HealthState.FALLING;
                    case WELL -> active.state();
                },
                traffic.since(),
                Source.PASSIVE,
                traffic.reason(),
                traffic.standing() == Standing.ON_TRIAL);
        boolean settled = traffic.standing() == Standing.WELL
                && (active.state() == HealthState.FALLING || !traffic.since().isAfter(active.since()));
        return settled ? active : passive;
    }

    /**
     * Probes a member now and counts the result as that of any other probe; if one is under way, that is the one.
     *
     * @param whenEnded told once, with all that is known then
     * @return whether there is a probe; there is none if no health check is configured, or the member's name leads nowhere
     */
    public boolean check(Member member, Consumer<Health> whenEnded) {
        return checked.filter(c ->
                        c.checker().check(member, active -> whenEnded.accept(health(active, detector.verdict(member)))))
                .isPresent();
    }

    /** Follows the traffic; to be called about once a second. */
    public void look() {
        detector.look();
    }

    /** Whether {@link #compare} is to be called. */
    public boolean comparesLatencies() {
        return detector.comparesLatencies();
    }

    /** Compares the members' latencies of the last ten seconds; to be called about once a second. */
    public void compare(Map<Member, RecentLatency> latencies) {
        detector.compare(latencies);
    }

    /** Watches nobody any longer. */
    public void stop() {
        detector.stop();
        checked.ifPresent(c -> c.checker().stop());
    }

    private Chart chart(Member member) {
        return Objects.requireNonNull(charts.get(member), () -> member + ": is not watched");
    }
}
