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
import java.time.InstantSource;
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
    private final OutlierDetector detector;
    private final MonitorListener listener;
    private final InstantSource clock;
    private final Map<Member, Chart> charts = new LinkedHashMap<>();
    private Optional<HealthChecker> checker = Optional.empty();
    private boolean stopped;

    /** What is known of one member. */
    private static final class Chart {
        private Health active;
        private boolean probesSawIt;
        private int passes;

        private Chart(Health active) {
            this.active = active;
        }

        /** What probes noticed so far, the next ones need not be able to notice. */
        private void forgetProbes() {
            probesSawIt = false;
            passes = 0;
        }
    }

    /**
     * How a pool is checked by probes.
     *
     * @param probe how a member is asked; closed when there is another or none, and by {@link #stop()}
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
        this.clock = passive.environment().clock();
        this.detector = new OutlierDetector(passive.settings(), passive.evidence(), passive.environment(), this);
        this.checker = active.map(this::checker);
    }

    private HealthChecker checker(Active active) {
        return new HealthChecker(active.settings(), active.probe(), active.environment(), this);
    }

    /**
     * Watches a member from now on, of which this is known.
     *
     * @throws IllegalStateException after {@link #stop()}
     */
    public void add(Member member, Health known) {
        refuseOnceStopped();
        charts.put(member, new Chart(known));
        detector.add(member);
        checker.ifPresent(c -> c.add(member));
    }

    /** Watches a member no longer; nothing is told of it from now on. Does nothing if it is not watched. */
    public void remove(Member member) {
        checker.ifPresent(c -> c.remove(member));
        detector.remove(member);
        charts.remove(member);
    }

    /**
     * Checks by other probes from now on, or by none. What is known of the members is kept: where there were none before, who is
     * up stays up until probes fail; where there are none any more, whoever has an address is up. An ejection goes on.
     *
     * @param active empty: by none; its environment is looked at only if there were none before
     * @throws IllegalStateException after {@link #stop()}
     */
    public void reconfigure(Optional<Active> active) {
        refuseOnceStopped();
        charts.values().forEach(Chart::forgetProbes);
        if (active.isEmpty()) {
            checker.ifPresent(this::cease);
        } else if (checker.isEmpty()) {
            begin(checker(active.get()));
        } else {
            checker.get().reconfigure(active.get().settings(), active.get().probe());
        }
    }

    private void begin(HealthChecker first) {
        checker = Optional.of(first);
        charts.forEach((member, chart) -> {
            if (chart.active.state().isServing()) {
                first.addServing(member, chart.active.since());
            } else {
                first.add(member);
            }
        });
    }

    private void cease(HealthChecker last) {
        checker = Optional.empty();
        charts.forEach((member, chart) -> {
            Health known = last.health(member);
            boolean served = known.state().isServing();
            observed(member, member.ip() == null ? known : Health.unchecked(served ? known.since() : clock.instant()));
        });
        last.stop();
    }

    /**
     * Judges traffic by other settings from now on; see {@link OutlierDetector#reconfigure}.
     *
     * @throws IllegalStateException after {@link #stop()}
     */
    public void reconfigure(OutlierSettings outlier) {
        refuseOnceStopped();
        detector.reconfigure(outlier);
    }

    private void refuseOnceStopped() {
        if (stopped) {
            throw new IllegalStateException("the watch over these members was stopped");
        }
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
                && checker.filter(c -> chart.passes >= c.settings().rise()).isPresent();
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
            checker.ifPresent(c -> c.probeSoon(member));
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
     * @param whenEnded told once, with all that is known then; with nothing if the member or its check is removed before
     * @return whether there is a probe; there is none if no health check is configured, or the member's name leads nowhere
     */
    public boolean check(Member member, Consumer<Optional<Health>> whenEnded) {
        return checker.filter(c -> c.check(
                        member,
                        ended -> whenEnded.accept(ended.map(active -> health(active, detector.verdict(member))))))
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
        stopped = true;
        detector.stop();
        checker.ifPresent(HealthChecker::stop);
    }

    private Chart chart(Member member) {
        return Objects.requireNonNull(charts.get(member), () -> member + ": is not watched");
    }
}
