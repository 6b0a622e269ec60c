package io.fairlead.health;

import io.fairlead.member.AdminState;
import io.fairlead.settings.Kebab;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How often things happened to one member since it is known: what its history forgets still counts here. All words are from
 * fixed lists, so that they may be labels of metrics. A probe costs a few additions.
 *
 * <p>Control context only.
 */
public final class HealthTally {
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    private static final double SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final Set<String> STATES = states();

    private final Map<Flip, Long> flips = new HashMap<>(4);
    private final long[] ejections = new long[2 * Ground.values().length];
    private final long[] durations = new long[BOUNDS.length + 1];
    private double durationSum;
    private long passed;
    private long failed;
    private @Nullable ProbeResult last;
    private String ejectedFor = "";

    HealthTally() {}

    /** The same as it stands, for any thread; not to be added to. */
    public HealthTally copy() {
        HealthTally copy = new HealthTally();
        copy.flips.putAll(flips);
        System.arraycopy(ejections, 0, copy.ejections, 0, ejections.length);
        System.arraycopy(durations, 0, copy.durations, 0, durations.length);
        copy.durationSum = durationSum;
        copy.passed = passed;
        copy.failed = failed;
        return copy;
    }

    /**
     * A transition by what the member became, and on what.
     *
     * @param to the health state or the order after it, in kebab-case
     * @param reason of probes {@code "passed"} or the reason of the failure, or {@code "start"} before the first; of traffic
     *     {@code "failures"}, {@code "latency"} or {@code "ejection-over"}; {@code "order"}; of a host name {@code "resolved"} or
     *     {@code "unresolved"}
     */
    public record Flip(String to, String reason) {}

    private static Set<String> states() {
        Set<String> states = new HashSet<>();
        for (HealthState state : HealthState.values()) {
            states.add(Kebab.of(state));
        }
        for (AdminState order : AdminState.values()) {
            states.add(Kebab.of(order));
        }
        return Set.copyOf(states);
    }

    void add(HistoryEntry entry) {
        if (entry instanceof ProbeReport probe) {
            add(probe);
        } else if (entry instanceof Transition transition && !transition.isRemark()) {
            if (STATES.contains(transition.to())) {
                flips.merge(new Flip(transition.to(), reason(transition)), 1L, Long::sum);
            }
        }
    }

    private void add(ProbeReport probe) {
        if (last != probe.result()) { // mostly the very same object: then nothing is written, as in the history
            last = probe.result();
        }
        if (probe.result() instanceof ProbeResult.Passed) {
            passed++;
        } else {
            failed++;
        }
        double seconds = probe.took().toNanos() / SECOND;
        int bucket = 0;
        while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
            bucket++;
        }
        durations[bucket]++;
        durationSum += seconds;
    }

    private String reason(Transition transition) {
        return switch (transition.source()) {
            case OPERATOR -> "order";
            case DISCOVERY -> transition.to().equals("unresolved") ? "unresolved" : "resolved";
            case PASSIVE -> transition.to().equals("ejected") ? ejectedFor : "ejection-over";
            case ACTIVE ->
                last == null ? "start" : last instanceof ProbeResult.Failed why ? Kebab.of(why.reason()) : "passed";
        };
    }

    /**
     * Live traffic spoke against the member.
     *
     * @param enforced whether it is taken out; false if it stays, because it is only observed or cannot be spared
     */
    public void ejected(Ground ground, boolean enforced) {
        ejections[index(ground, enforced)]++;
        if (enforced) {
            ejectedFor = Kebab.of(ground);
        }
    }

    private static int index(Ground ground, boolean enforced) {
        return 2 * ground.ordinal() + (enforced ? 1 : 0);
    }

    /** How often traffic spoke against it on this ground, and it was taken out or not. */
    public long ejections(Ground ground, boolean enforced) {
        return ejections[index(ground, enforced)];
    }

    /** Transitions of health and orders, without remarks and weights; not to be altered, and changed by the next one. */
    public Map<Flip, Long> flips() {
        return flips;
    }

    /** How often it began or ceased to serve or was ordered to, by all reasons. */
    public long transitions() {
        return flips.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Probes that passed. */
    public long passed() {
        return passed;
    }

    /** Probes that failed. */
    public long failed() {
        return failed;
    }

    /** Upper bounds of the durations' buckets but the last, which has none; seconds. */
    public static double[] bounds() {
        return BOUNDS.clone();
    }

    /** How many probes ended in each bucket and in none before it. */
    public long[] durations() {
        return durations.clone();
    }

    /** What all probes took together; seconds. */
    public double durationSum() {
        return durationSum;
    }
}
