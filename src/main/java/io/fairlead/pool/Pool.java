package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import java.security.Key;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group of members with one strategy. Told of their health and of orders, it keeps a snapshot of who may get a request;
 * asked for a lease, it reads that snapshot once, or lets the request wait.
 */
public final class Pool {
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final String name;
    private final PoolSettings settings;
    private final BalancingStrategy strategy;
    private final LongSupplier ticker;
    private final Optional<MemberTls> tls;
    private final List<Member> members;
    private final RetryBudget retryBudget;
    private final Optional<Sessions> sessions;
    private final Admission admission;
    // Control context only.
    private final Map<Member, Standing> standings = new LinkedHashMap<>();
    // Control context writes, event loops read.
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /**
     * What a pool needs from outside.
     *
     * @param clock the time of day, to be shown
     * @param ticker nanoseconds from an arbitrary origin, never going back
     * @param machineKey signs the cookies of sticky sessions where no secret is configured
     */
    public record Environment(InstantSource clock, LongSupplier ticker, Key machineKey) {}

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
        this.ticker = environment.ticker();
        this.tls = settings.tls().map(MemberTls::of);
        for (MemberSettings one : settings.members()) {
            Health health = settings.health().isPresent()
                    ? Health.checking(environment.clock().instant())
                    : Health.unchecked(environment.clock().instant());
            Member member = new Member(name, one.id(), one.address());
            standings.put(member, new Standing(member, one, settings.slowStart(), health));
        }
        this.members = List.copyOf(standings.keySet());
        this.retryBudget = new RetryBudget(settings.retry(), members);
        this.sessions = settings.sticky().map(sticky -> new Sessions(sticky, members, environment.machineKey()));
        this.admission = new Admission(this.strategy, () -> snapshot, settings.capacity(), settings.maxQueue());
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

    /**
     * Takes what is observed of a member. A change of whether it serves is logged with its cause; so is the first word on
     * one that does not serve. Control context only.
     */
    public void observe(Member member, Health health) {
        Standing standing = standing(member);
        HealthState before = standing.health().state();
        boolean is = health.state().isServing();
        standing.observe(health, ticker.getAsLong());
        if (before.isServing() != is || (before == HealthState.CHECKING && before != health.state())) {
            LOG.info(
                    "member {} {}: {} ({} of {} members serve)",
                    member,
                    is ? "serves" : "is out",
                    health.reason(),
                    standings.values().stream().filter(Standing::mayServe).count(),
                    standings.size());
        }
        if (before != health.state()) {
            publish();
        }
    }

    /** Takes an operator's order. Control context only. */
    public void order(Member member, AdminState admin) {
        standing(member).order(admin);
        publish();
    }

    /** Lets the weights follow slow starts. Control context only; to be called a few times a second. */
    public void refresh() {
        long now = ticker.getAsLong();
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
                .map(standing -> status(standing, weights.getOrDefault(standing.member(), 0.0)))
                .toList();
    }

    private static MemberStatus status(Standing standing, double effectiveWeight) {
        return new MemberStatus(
                standing.member(),
                standing.health(),
                standing.admin(),
                standing.tier(),
                standing.weight(),
                effectiveWeight,
                standing.isRamping() && effectiveWeight > 0);
    }

    private Standing standing(Member member) {
        Standing standing = standings.get(member);
        if (standing == null) {
            throw new IllegalArgumentException(member + ": no member of pool " + name);
        }
        return standing;
    }

    /** Makes the snapshot anew, if it would be another one, and serves those who wait for what it brings. */
    private void publish() {
        Roster before = snapshot.roster();
        Roster roster = Roster.of(standings.values(), settings, ticker.getAsLong());
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
        if (roster.failOpen() && !before.failOpen()) {
            LOG.warn(
                    "pool {} fails open: fewer than {} of its members are up, so all are used, healthy or not",
                    name,
                    settings.minAvailable());
        } else if (before.failOpen() && !roster.failOpen()) {
            LOG.info("pool {} no longer fails open: {} of its members are up or more", name, settings.minAvailable());
        }
        if (!before.shares().isEmpty()
                && !roster.shares().isEmpty()
                && !before.shares().equals(roster.shares())) {
            LOG.info("pool {}: {}", name, inWords(roster));
        }
    }

    private static String inWords(Roster roster) {
        return roster.shares().entrySet().stream()
                .map(share -> "tier " + share.getKey() + " takes " + Math.round(share.getValue() * 100) + "%")
                .collect(Collectors.joining(", "));
    }
}
