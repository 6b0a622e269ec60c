package io.fairlead.health;

import io.fairlead.member.Member;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an eye on the members of one pool: probes each on its schedule, scores the results, and tells its listener what
 * they come to. A member has one probe at a time; the next is counted from the start of the last, but waits
 * for its end. How they are checked may change while it runs: what is known of them then is the start for the new check.
 *
 * <p>Control context only.
 */
public final class HealthChecker {
    private final Environment environment;
    private final HealthListener listener;
    private final Map<Member, Watch> watches = new LinkedHashMap<>();
    private HealthSettings settings;
    private Schedule schedule;
    private ProbeRunner runner;
    private boolean stopped;

    /**
     * Where time and chance come from.
     *
     * @param scheduler runs tasks later, on the control context
     * @param ticker nanoseconds from an arbitrary origin, never going back
     * @param clock the time of day, to be shown
     * @param random spreads the probes
     */
    public record Environment(Scheduler scheduler, LongSupplier ticker, InstantSource clock, RandomGenerator random) {}

    /**
     * A checker that watches nobody yet.
     *
     * @param probe how a member is asked; closed by {@link #reconfigure} and {@link #stop()}
     */
    public HealthChecker(HealthSettings settings, Probe probe, Environment environment, HealthListener listener) {
        this.settings = settings;
        this.environment = environment;
        this.listener = listener;
        this.schedule = new Schedule(settings, environment.random());
        this.runner = new ProbeRunner(probe, settings.timeout(), environment);
    }

    /**
     * Watches a member from now on. If members count as up at the start and its IP is known, the listener is told at once
     * that it serves.
     *
     * @throws IllegalArgumentException if it is watched already
     * @throws IllegalStateException after {@link #stop()}
     */
    public void add(Member member) {
        Watch watch = newWatch(member);
        watch.resolve();
        watch.begin();
    }

    /**
     * Watches a member that serves from now on: it stays up until probes fail, as many in a row as it takes. The listener is told
     * at once.
     *
     * @param since when it began to serve; its IP is known
     * @throws IllegalArgumentException if it is watched already
     * @throws IllegalStateException after {@link #stop()}
     */
    public void addServing(Member member, Instant since) {
        Watch watch = newWatch(member);
        watch.judge(Verdict.assumedUp(settings, since));
        watch.begin();
    }

    private Watch newWatch(Member member) {
        if (stopped) {
            throw new IllegalStateException(member + ": added to a checker that was stopped");
        }
        Watch watch = new Watch(member);
        if (watches.putIfAbsent(member, watch) != null) {
            throw new IllegalArgumentException(member + ": is watched already");
        }
        return watch;
    }

    /** Watches it no longer; the result of a probe under way is ignored. Does nothing if it is not watched. */
    public void remove(Member member) {
        Watch watch = watches.remove(member);
        if (watch != null) {
            runner.forget(member);
            watch.end();
        }
    }

    /**
     * Checks all members in another way from now on; each is probed as soon as at the start. Who was up stays up until the new
     * check has failed as many times in a row as it takes, and who was down stays down until it has passed as many times. What is
     * under way of the old check is ignored, and its probe closed.
     *
     * @param newProbe closed when there is yet another, and by {@link #stop()}
     * @throws IllegalStateException after {@link #stop()}
     */
    public void reconfigure(HealthSettings newSettings, Probe newProbe) {
        if (stopped) {
            throw new IllegalStateException("a checker that was stopped is given another check");
        }
        runner.stop();
        settings = newSettings;
        schedule = new Schedule(newSettings, environment.random());
        runner = new ProbeRunner(newProbe, newSettings.timeout(), environment);
        List.copyOf(watches.values()).forEach(Watch::beginAnew);
    }

    /** How members are checked at present. */
    public HealthSettings settings() {
        return settings;
    }

    /**
     * What is known of a member now, states on the way to a flip included.
     *
     * @throws IllegalArgumentException if it is not watched
     */
    public Health health(Member member) {
        return watch(member).health;
    }

    /** Probes a member now rather than when it is due, unless a probe is under way. Does nothing while its name leads nowhere. */
    public void probeSoon(Member member) {
        watch(member).now();
    }

    /**
     * Probes a member now; the result counts as any other. If a probe is under way, that is the one.
     *
     * @param whenEnded told once, with the health after it; with nothing if the member is removed or the checker stopped before. If
     *     the check is replaced meanwhile, it is the first probe of the new one that counts
     * @return whether there is a probe: false while the member's name leads nowhere
     */
    public boolean check(Member member, Consumer<Optional<Health>> whenEnded) {
        Watch watch = watch(member);
        if (member.ip() == null) {
            return false;
        }
        watch.curious.add(whenEnded);
        watch.resolveNow();
        watch.now();
        return true;
    }

    private Watch watch(Member member) {
        Watch watch = watches.get(member);
        if (watch == null) {
            throw new IllegalArgumentException(member + ": is not watched");
        }
        return watch;
    }

    /** Watches nobody any longer, forgets the probes under way and closes the probe. Calls after the first do nothing. */
    public void stop() {
        if (!stopped) {
            stopped = true;
            runner.stop();
            List<Watch> last = List.copyOf(watches.values());
            watches.clear();
            last.forEach(Watch::end);
        }
    }

    /** One member under watch. */
    private final class Watch {
        private final Member member;
        private final Instant added = environment.clock().instant();
        private final Alarm next = environment.scheduler().alarm(this::due);
        private boolean probing;
        // null while the host name is unresolved
        private @Nullable Verdict verdict;
        // Kept as long as the verdict is: of thousands of members, each new object costs the collector.
        private Health health;
        private final List<Consumer<Optional<Health>>> curious = new ArrayList<>();

        Watch(Member member) {
            this.member = member;
            this.health =
                    Health.unresolved(added, "the host name " + member.address().host() + " leads to no address");
        }

        void begin() {
            next.set(schedule.first());
            if (verdict != null && verdict.score().isUp()) {
                listener.observed(member, health);
            }
        }

        void end() {
            next.cancel();
            satisfy(Optional.empty());
        }

        /** The check is another one. */
        void beginAnew() {
            probing = false;
            next.set(schedule.first());
            Health before = health;
            if (verdict != null) {
                judge(verdict.carriedTo(settings));
            }
            if (health != before) {
                listener.observed(member, health);
            }
        }

        /** Its name may have come to lead somewhere since it was last looked at. */
        void resolveNow() {
            if (verdict == null) {
                resolve();
            }
        }

        void now() {
            if (!probing) {
                next.cancel();
                due();
            }
        }

        private void due() {
            if (verdict != null) {
                probing = true;
                runner.run(member, this::probed);
                return;
            }
            // A name that has come to lead somewhere is no longer than one interval in finding its first probe.
            next.set(schedule.between(HealthState.CHECKING));
            resolve();
            listener.observed(member, health);
        }

        private void resolve() {
            if (member.ip() != null) {
                judge(Verdict.atStart(settings, environment.clock().instant()));
            }
        }

        private void judge(Verdict now) {
            if (now != verdict) {
                verdict = now;
                Health fresh = now.health();
                health = fresh.equals(health) ? health : fresh;
            }
        }

        private void probed(ProbeRunner.Ended ended) {
            probing = false;
            if (verdict == null) {
                return;
            }
            Instant now = environment.clock().instant();
            Verdict before = verdict;
            Verdict after = before.observe(ended.result(), now);
            judge(after);
            Duration took = Duration.ofNanos(ended.endedAt() - ended.startedAt());
            Duration rest = schedule.between(after.score().state()).minus(took);
            Duration delay = rest.isNegative() ? Duration.ZERO : rest;
            next.set(delay);
            listener.probed(
                    member, new ProbeReport(ended.result(), now, took, now.plus(delay), after.count(before)), health);
            satisfy(Optional.of(health));
        }

        private void satisfy(Optional<Health> known) {
            if (!curious.isEmpty()) {
                List<Consumer<Optional<Health>>> told = List.copyOf(curious);
                curious.clear();
                told.forEach(each -> each.accept(known));
            }
        }
    }
}
