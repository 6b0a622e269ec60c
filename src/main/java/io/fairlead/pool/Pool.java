package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthHistory;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.health.Transition;
import io.fairlead.health.outlier.TrafficEvidence;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import java.security.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A group of members with one strategy. Told of their health and of orders, it keeps a snapshot of who may get a request;
 * asked for a lease, it reads that snapshot once, or lets the request wait.
 */
public final class Pool {
    private final String name;
    private final PoolSettings settings;
    private final BalancingStrategy strategy;
    private final Environment environment;
    private final Optional<MemberTls> tls;
    private final List<Member> members;
    private final RetryBudget retryBudget;
    private final Optional<Sessions> sessions;
    private final TrafficEvidence evidence;
    private final Admission admission;
    // Control context only.
    private final Map<Member, Standing> standings = new LinkedHashMap<>();
    private boolean publishing;
    // Control context writes, event loops read.
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /**
     * What a pool needs from outside.
     *
     * @param clock the time of day, to be shown
     * @param ticker nanoseconds from an arbitrary origin, never going back
     * @param machineKey signs the cookies of sticky sessions where no secret is configured
     * @param later runs a task on the control context, soon: what is observed until then is published at once
     * @param listener told of all changes
     */
    public record Environment(
            InstantSource clock, LongSupplier ticker, Key machineKey, Executor later, PoolListener listener) {}

    /**
     * A pool of the members in its settings. Until it is told otherwise, members that are checked are not yet known to be
     * well, and members that are not count as up.
     *
     * @throws IllegalArgumentException if a file that TLS needs cannot be read any more
     */
    public Pool(String name, PoolSettings settings, BalancingStrategy strategy, Environment environment) {
        this.name = name;
        this.settings = settings;
        this.strategy = new GuardedStrategy(name, strategy);
        this.environment = environment;
        this.tls = settings.tls().map(MemberTls::of);
        for (MemberSettings one : settings.members()) {
            Health health = settings.health().isPresent()
                    ? Health.checking(environment.clock().instant())
                    : Health.unchecked(environment.clock().instant());
            Member member = new Member(name, one.id(), one.address());
            standings.put(member, new Standing(member, one, settings.slowStart(), health));
        }
        this.members = List.copyOf(standings.keySet());
        this.retryBudget = new RetryBudget(settings.retry(), members, environment.ticker());
        this.sessions = settings.sticky().map(sticky -> new Sessions(sticky, members, environment.machineKey()));
        this.evidence = new TrafficEvidence(members);
        this.admission = new Admission(this.strategy, evidence, () -> snapshot, settings);
        publish();
    }

    /** What routes and people call it. */
    public String name() {
        return name;
    }

    /** As configured. */
    public PoolSettings settings() {
        return settings;
    }

    /** All members, in the order of the file. Any thread: the list is fixed. */
    public List<Member> members() {
        return members;
    }

    /** How its members are spoken to by TLS; empty: in cleartext. Any thread. */
    public Optional<MemberTls> tls() {
        return tls;
    }

    /** Bounds the retries of this pool. Any event loop. */
    public RetryBudget retryBudget() {
        return retryBudget;
    }

    /** The cookies of sticky sessions; empty if sessions are not sticky. Any event loop. */
    public Optional<Sessions> sessions() {
        return sessions;
    }

    /**
     * A lease for a request, at once. Any event loop; one volatile read and one pick.
     *
     * @param tried members that the request met a failure at; never chosen
     * @param home where its session is bound to; null if it is not
     * @return null if no member may get it, or none has room: see {@link #hasMember} and {@link #queue}
     */
    public @Nullable Lease tryLease(RequestKey key, Collection<Member> tried, @Nullable Member home) {
        return admission.tryLease(key, tried, home);
    }

    /** Whether there is a member, with or without room, that such a request could get. Any event loop. */
    public boolean hasMember(Collection<Member> tried, @Nullable Member home) {
        Snapshot now = snapshot;
        return now.isAnyLeft(tried) || (home != null && now.keeps(home) && !tried.contains(home));
    }

    /**
     * A place in the queue for a request that got no lease at once.
     *
     * @param granted gets the lease, unless the place is left before: from any event loop, under a lock, and possibly before
     *     this method returns; so it only passes the lease on
     * @return null if the queue is full
     */
    public @Nullable Place queue(Collection<Member> tried, @Nullable Member home, Consumer<Lease> granted) {
        return admission.queue(tried, home, granted);
    }

    /** How many requests wait for a member. Any thread. */
    public int queued() {
        return admission.queued();
    }

    /** Whether a request could be served now. Any thread. */
    public boolean canServe() {
        return !snapshot.roster().candidates().isEmpty();
    }

    /** Whether too few members are up, so that health is not looked at. Any thread. */
    public boolean isFailOpen() {
        return snapshot.roster().failOpen();
    }

    /** What live traffic says of the members. Any thread. */
    public TrafficEvidence evidence() {
        return evidence;
    }

    /** Whether a member may get requests, by health and by order. Control context only. */
    public boolean serves(Member member) {
        return standing(member).mayServe();
    }

    /** How many members may get requests, by health and by order. Control context only. */
    public int serving() {
        return (int) standings.values().stream().filter(Standing::mayServe).count();
    }

    /** A member's last probes and transitions. Control context only. */
    public HealthHistory history(Member member) {
        return standing(member).history();
    }

    /**
     * Takes what is observed of a member. The listener is told when it begins or ceases to serve, when it is ejected, when its
     * name leads nowhere, and of the first word on one that does not serve. Control context only.
     */
    public void observe(Member member, Health health) {
        Standing standing = standing(member);
        HealthState before = standing.health().state();
        boolean wasOnTrial = standing.health().onTrial();
        standing.observe(health, environment.ticker().getAsLong());
        if (health.state().isNewsAfter(before)) {
            tell(standing, Transition.of(now(), health.source(), before, health.state(), health.reason()));
        }
        if (before != health.state() || wasOnTrial != health.onTrial()) {
            publishSoon();
        }
    }

    /** Takes a remark on a member that stays what it is. Control context only. */
    public void remark(Member member, Source source, String words) {
        Standing standing = standing(member);
        HealthState state = standing.health().state();
        tell(standing, Transition.of(now(), source, state, state, words));
    }

    /** Takes an operator's order. Control context only. */
    public void order(Member member, AdminState admin) {
        Standing standing = standing(member);
        AdminState before = standing.admin();
        standing.order(admin);
        publish();
        if (before != admin) {
            tell(standing, Transition.of(now(), Source.OPERATOR, before, admin, "ordered by the operator"));
        }
    }

    private void tell(Standing standing, Transition transition) {
        standing.history().add(transition);
        environment.listener().changed(this, standing.member(), transition);
    }

    private Instant now() {
        return environment.clock().instant();
    }

    /** Lets the weights follow slow starts. Control context only; to be called a few times a second. */
    public void refresh() {
        if (settings.slowStart().isZero()) {
            return;
        }
        long now = environment.ticker().getAsLong();
        boolean ramping = false;
        for (Standing standing : standings.values()) {
            ramping |= standing.ramp(now);
        }
        if (ramping) {
            publish();
        }
    }

    /** All members as they stand. Control context only. */
    public List<MemberStatus> status() {
        Map<Member, Double> weights =
                snapshot.roster().candidates().stream().collect(Collectors.toMap(Candidate::member, Candidate::weight));
        return standings.values().stream()
                .map(standing -> standing.status(weights.getOrDefault(standing.member(), 0.0)))
                .toList();
    }

    private Standing standing(Member member) {
        Standing standing = standings.get(member);
        if (standing == null) {
            throw new IllegalArgumentException(member + ": no member of pool " + name);
        }
        return standing;
    }

    /** Publishes once for all that is observed before the control context comes to it: thousands may flip together. */
    private void publishSoon() {
        if (!publishing) {
            publishing = true;
            environment.later().execute(() -> {
                publishing = false;
                publish();
            });
        }
    }

    /** Makes the snapshot anew, if it would be another one, and serves those who wait for what it brings. */
    private void publish() {
        Roster before = snapshot.roster();
        Roster roster =
                Roster.of(standings.values(), settings, environment.ticker().getAsLong());
        if (roster.equals(before)) {
            return;
        }
        boolean same = roster.candidates().equals(before.candidates());
        snapshot = new Snapshot(roster, same ? snapshot.picker() : picker(roster.candidates()));
        say(before, roster);
        admission.serve();
    }

    private @Nullable Picker picker(List<Candidate> candidates) {
        return candidates.isEmpty() ? null : strategy.picker(candidates);
    }

    private void say(Roster before, Roster roster) {
        if (roster.failOpen() != before.failOpen()) {
            environment.listener().failsOpen(this, roster.failOpen());
        }
        if (!before.shares().isEmpty()
                && !roster.shares().isEmpty()
                && !before.shares().equals(roster.shares())) {
            environment.listener().divides(this, roster.shares());
        }
    }
}
