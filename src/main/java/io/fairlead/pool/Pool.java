package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthHistory;
import io.fairlead.health.Source;
import io.fairlead.health.outlier.TrafficEvidence;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import java.security.Key;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
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
    private final Standings standings;
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
        this.standings = new Standings(
                name,
                settings,
                environment,
                (member, change) -> environment.listener().changed(this, member, change));
        this.members = standings.members();
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
        return standings.of(member).mayServe();
    }

    /** How many members may get requests, by health and by order. Control context only. */
    public int serving() {
        return standings.serving();
    }

    /** A member's last probes and transitions. Control context only. */
    public HealthHistory history(Member member) {
        return standings.of(member).history();
    }

    /**
     * Takes what is observed of a member. The listener is told when it begins or ceases to serve, when it is ejected, when its
     * name leads nowhere, and of the first word on one that does not serve. Control context only.
     */
    public void observe(Member member, Health health) {
        if (standings.observe(member, health)) {
            publishSoon();
        }
    }

    /** Takes a remark on a member that stays what it is. Control context only. */
    public void remark(Member member, Source source, String words) {
        standings.remark(member, source, words);
    }

    /** Takes an operator's order on whether a member is to serve. Control context only. */
    public void order(Member member, AdminState admin) {
        standings.order(member, admin);
        publish();
    }

    /**
     * Takes an operator's order on a member's weight, which stands over the file's until that one is ordered again. Control context
     * only.
     *
     * @param weight 1 to 256
     * @throws IllegalArgumentException if it is not
     */
    public void order(Member member, int weight) {
        standings.order(member, weight);
        publish();
    }

    /** Lets the weights follow slow starts. Control context only; to be called a few times a second. */
    public void refresh() {
        if (!settings.slowStart().isZero() && standings.ramp()) {
            publish();
        }
    }

    /** All members as they stand. Control context only. */
    public List<MemberStatus> status() {
        return standings.status(snapshot.roster().candidates());
    }

    /** One member as it stands. Control context only. */
    public MemberStatus status(Member member) {
        return standings.status(member, snapshot.roster().candidates());
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
                Roster.of(standings.all(), settings, environment.ticker().getAsLong());
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
