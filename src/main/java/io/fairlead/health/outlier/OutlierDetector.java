package io.fairlead.health.outlier;

import io.fairlead.health.Ground;
import io.fairlead.health.Scheduler;
import io.fairlead.health.outlier.OutlierSettings.Mode;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Member;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Takes members out for a time on evidence from live traffic: those that fail in a row, and those that are much slower than
 * their peers. It never takes the last one, nor more than are allowed, nor any when all fail alike. A member that failed comes
 * back on trial, with one request at a time until one is answered well; if that one fails, it is out again, for longer.
 *
 * <p>How long a row has to be depends on the peers: see {@link RareRow}. Settings and members may change while it runs; what is
 * known of a member stays as long as the member does.
 *
 * <p>The control context decides; see {@link TrafficEvidence} for what event loops do. Control context only.
 */
public final class OutlierDetector {
    /** Peers that fail in more than this share of their requests fail alike. */
    private static final double ALIKE = 0.8;

    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final TrafficEvidence evidence;
    private final Environment environment;
    private final OutlierListener listener;
    private final Map<Member, Watched> members = new LinkedHashMap<>();
    private final Peers peers;
    private OutlierSettings settings;
    private boolean stopped;

    /**
     * What a detector needs from outside.
     *
     * @param scheduler runs tasks later, on the control context
     * @param control runs tasks there soon; called on event loops
     * @param ticker nanoseconds from an arbitrary origin, never going back; the one that leases go by
     * @param clock the time of day, to be shown
     * @param serving whether a member gets requests now, by health and order
     */
    public record Environment(
            Scheduler scheduler,
            Executor control,
            LongSupplier ticker,
            InstantSource clock,
            Predicate<Member> serving) {}

    /** A detector that watches nobody yet. */
    public OutlierDetector(
            OutlierSettings settings, TrafficEvidence evidence, Environment environment, OutlierListener listener) {
        this.settings = settings;
        this.evidence = evidence;
        this.environment = environment;
        this.listener = listener;
        this.peers = new Peers(members, environment.serving());
        evidence.onCall(member -> environment.control().execute(() -> judge(member)));
    }

    /** Watches a member from now on. */
    public void add(Member member) {
        Evidence of = evidence.of(member);
        members.put(member, new Watched(member, of, environment.clock().instant(), now()));
        of.callAt(threshold());
    }

    /** Watches a member no longer: nothing is said of it any more. Does nothing if it is not watched. */
    public void remove(Member member) {
        Watched watched = members.remove(member);
        if (watched != null) {
            watched.cancel();
            watched.evidence.callNever();
        }
    }

    /**
     * Judges by other settings from now on, with what is known. An ejection under way keeps its end, and a trial goes on; but
     * where nobody would be ejected for the like any more they are over. Does nothing if the settings are the same.
     */
    public void reconfigure(OutlierSettings next) {
        if (next.equals(settings)) {
            return;
        }
        settings = next;
        members.values().forEach(this::judgeByOthers);
    }

    private void judgeByOthers(Watched watched) {
        watched.slowLooks = 0; // they were counted by another factor
        boolean nowInForce = settings.ejectsFor(watched.ground);
        if (watched.onlySaid) {
            if (nowInForce || !settings.judges(watched.ground)) {
                watched.forgive(); // what was only said makes no real ejection longer
                endObserved(watched);
            }
        } else if (watched.is(Standing.WELL)) {
            watched.evidence.callAt(threshold());
        } else if (!nowInForce) {
            // Who turns ejection off wants those that are out to serve: now, and not after five minutes.
            bringBack(watched, "the settings eject nobody for this any more; its ejection ended early");
        }
    }

    /** Watches nobody any longer. */
    public void stop() {
        stopped = true;
        members.values().forEach(Watched::cancel);
    }

    /** What is made of a member now. */
    public TrafficVerdict verdict(Member member) {
        return watched(member).verdict;
    }

    /**
     * Probes say that a member is well which they had found unwell: an ejection for failures is over, and so is a trial. Probes
     * that passed all the while are blind to what was wrong with it, and are not to call this.
     */
    public void recovered(Member member) {
        Watched watched = watched(member);
        boolean ended =
                watched.is(Standing.EJECTED) ? watched.ground == Ground.FAILURES : watched.is(Standing.ON_TRIAL);
        if (ended) {
            bringBack(watched, "probes pass again; its ejection ended early");
        }
    }

    /** Follows the shares of failures; to be called about once a second. */
    public void look() {
        long now = now();
        members.values().forEach(watched -> watched.failures.at(now));
    }

    /** Whether it wants to be told of latencies. */
    public boolean comparesLatencies() {
        return settings.latencyFactor() > 0;
    }

    /**
     * Compares latencies; to be called about once a second.
     *
     * @param latencies of the last ten seconds
     */
    public void compare(Map<Member, RecentLatency> latencies) {
        Map<Member, RecentLatency> compared = new LinkedHashMap<>(latencies);
        compared.keySet()
                .removeIf(member -> !environment.serving().test(member)
                        || !watched(member).is(Standing.WELL)
                        || watched(member).nanosSinceReturn(now()) < LatencyRule.WINDOW_NANOS);
        LatencyRule rule = new LatencyRule(settings.latencyFactor(), compared);
        compared.keySet().forEach(member -> {
            Watched watched = watched(member);
            Optional<String> slow = rule.tooSlow(member);
            watched.slowLooks = slow.isPresent() ? watched.slowLooks + 1 : 0;
            if (watched.slowLooks >= LatencyRule.LOOKS) {
                watched.slowLooks = 0;
                out(watched, slow.orElseThrow(), Ground.LATENCY);
            }
        });
    }

    private void judge(Member member) {
        Watched watched = members.get(member);
        if (watched == null) {
            return; // removed since an event loop called
        }
        Evidence of = watched.evidence;
        of.heard();
        int row = of.run();
        if (stopped || watched.is(Standing.EJECTED)) {
            return;
        }
        boolean trial = watched.is(Standing.ON_TRIAL);
        if (trial && row == 0) {
            bringBack(watched, "answers again, after an ejection of " + inWords(watched.length()));
        } else if (row > 0 && environment.serving().test(member)) {
            double theirs = peers.failures(watched, now());
            int needed = trial && theirs < ALIKE ? 1 : RareRow.length(threshold(), theirs);
            if (row >= needed) {
                out(watched, rowInWords(row, of.last()), Ground.FAILURES);
            } else {
                of.callAgainAt(Math.max(row + row / 4 + 1, Math.min(needed, 2 * row)));
                if (theirs >= ALIKE) {
                    pardon(watched);
                }
            }
        }
    }

    private static String rowInWords(int row, String last) {
        return row == 1
                ? "the first request after its ejection failed: " + last
                : row + " requests in a row failed, the last: " + last;
    }

    private int threshold() {
        return settings.consecutiveFailures() == 0 ? Evidence.NEVER : settings.consecutiveFailures();
    }

    /** All fail alike: whoever was ejected for failures is as good as the others, and so is this one if it is on trial. */
    private void pardon(Watched cause) {
        for (Watched each : members.values()) {
            if (each.isOutFor(Ground.FAILURES) || (each == cause && each.is(Standing.ON_TRIAL))) {
                each.forgive();
                bringBack(each, "the other members fail alike: it is not this member's fault");
            }
        }
    }

    private void out(Watched watched, String cause, Ground ground) {
        Optional<String> obstacle = peers.obstacle(watched, settings);
        if (obstacle.isPresent()) {
            remarkNowAndThen(watched, ground, cause + "; not ejected: " + obstacle.get());
            if (watched.is(Standing.ON_TRIAL)) {
                bringBack(watched, "not ejected again: " + obstacle.get());
            }
            watched.evidence.callAgainAt(Math.max(2 * watched.evidence.run(), threshold()));
            return;
        }
        Duration length = watched.nextLength(settings.ejectionTime(), LONGEST, now());
        watched.ground = ground;
        if (settings.mode() == Mode.OBSERVE) {
            watched.onlySaid = true;
            listener.ejected(watched.member, ground, false);
            listener.remarked(watched.member, cause + "; would be ejected for " + inWords(length));
            watched.evidence.callNever();
            watched.then(environment.scheduler().after(length, () -> endObserved(watched)));
            return;
        }
        listener.ejected(watched.member, ground, true);
        watched.evidence.callNever();
        watched.then(environment.scheduler().after(length, () -> timeIsOver(watched)));
        pass(watched, Standing.EJECTED, cause + "; ejected for " + inWords(length));
    }

    private void remarkNowAndThen(Watched watched, Ground ground, String words) {
        if (watched.mayBeRemarkedUpon(now(), settings.ejectionTime())) {
            listener.ejected(watched.member, ground, false);
            listener.remarked(watched.member, words);
        }
    }

    private void endObserved(Watched watched) {
        watched.onlySaid = false;
        watched.returned(now());
        watched.evidence.beginAnew(now(), false, threshold());
    }

    private void timeIsOver(Watched watched) {
        String words = "back after an ejection of " + inWords(watched.length());
        if (watched.ground == Ground.FAILURES) {
            watched.evidence.beginAnew(now(), true, 1);
            pass(watched, Standing.ON_TRIAL, words + ", on trial: one request at a time until one is answered well");
        } else {
            bringBack(watched, words);
        }
    }

    private void bringBack(Watched watched, String reason) {
        watched.returned(now());
        watched.evidence.beginAnew(now(), false, threshold());
        pass(watched, Standing.WELL, reason);
    }

    private void pass(Watched watched, Standing standing, String reason) {
        watched.verdict = new TrafficVerdict(standing, environment.clock().instant(), reason);
        listener.judged(watched.member, watched.verdict);
    }

    private Watched watched(Member member) {
        return Objects.requireNonNull(members.get(member), () -> member + ": is not watched");
    }

    private long now() {
        return environment.ticker().getAsLong();
    }

    private static String inWords(Duration length) {
        double seconds = length.toMillis() / (double) TimeUnit.SECONDS.toMillis(1);
        return seconds == Math.rint(seconds) ? (long) seconds + " s" : String.format(Locale.ROOT, "%.1f s", seconds);
    }
}
