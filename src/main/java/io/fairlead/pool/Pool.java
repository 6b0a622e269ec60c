package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A group of members with one strategy. Told of their health and of orders, it keeps a snapshot of who may get a request;
 * asked for a member, it reads that snapshot once.
 */
public final class Pool {
    private static final Logger LOG = LoggerFactory.getLogger(Pool.class);

    private final String name;
    private final PoolSettings settings;
    private final BalancingStrategy strategy;
    private final List<Member> members;
    private final RetryBudget retryBudget;
    // Control context only.
    private final Map<Member, Standing> standings = new LinkedHashMap<>();
    // Control context writes, event loops read.
    private volatile Snapshot snapshot = Snapshot.EMPTY;

    /**
     * A pool of the members in its settings. Until it is told otherwise, members that are checked are not yet known to be
     * well, and members that are not count as up.
     */
    public Pool(String name, PoolSettings settings, BalancingStrategy strategy, InstantSource clock) {
        this.name = name;
        this.settings = settings;
        this.strategy = strategy;
        for (MemberSettings member : settings.members()) {
            Health health = settings.health().isPresent()
                    ? Health.checking(clock.instant())
                    : Health.unchecked(clock.instant());
            standings.put(new Member(name, member.id(), member.address()), new Standing(health, member.weight()));
        }
        this.members = List.copyOf(standings.keySet());
        this.retryBudget = new RetryBudget(settings.retry(), members);
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

    /** Bounds the retries of this pool. Any event loop. */
    public RetryBudget retryBudget() {
        return retryBudget;
    }

    /**
     * The member for a request. Any event loop; one volatile read and one pick.
     *
     * @param tried members that the request met a failure at; never returned
     * @return null if no member may get it
     */
    public @Nullable Member pick(RequestKey key, Collection<Member> tried) {
        return snapshot.pick(key, tried);
    }

    /** Whether a request could be served now. Any thread. */
    public boolean canServe() {
        return !snapshot.candidates().isEmpty();
    }

    /**
     * Takes what is observed of a member. A change of whether it serves is logged with its cause; so is the first word on
     * one that does not serve. Control context only.
     */
    public void observe(Member member, Health health) {
        Standing standing = standings.get(member);
        if (standing == null) {
            throw new IllegalArgumentException(member + ": no member of pool " + name);
        }
        HealthState before = standing.health.state();
        boolean is = health.state().isServing();
        standing.health = health;
        if (before.isServing() != is) {
            publish();
        }
        if (before.isServing() != is || (before == HealthState.CHECKING && before != health.state())) {
            LOG.info(
                    "member {} {}: {} ({} of {} members serve)",
                    member,
                    is ? "serves" : "is out",
                    health.reason(),
                    snapshot.candidates().size(),
                    standings.size());
        }
    }

    /** All members as they stand. Control context only. */
    public List<MemberStatus> status() {
        List<MemberStatus> all = new ArrayList<>();
        standings.forEach((member, standing) -> all.add(new MemberStatus(
                member, standing.health, standing.admin, standing.weight, standing.mayServe() ? standing.weight : 0)));
        return all;
    }

    private void publish() {
        List<Candidate> candidates = new ArrayList<>();
        standings.forEach((member, standing) -> {
            if (standing.mayServe()) {
                candidates.add(new Candidate(member, standing.weight));
            }
        });
        snapshot = candidates.isEmpty()
                ? Snapshot.EMPTY
                : new Snapshot(List.copyOf(candidates), strategy.picker(List.copyOf(candidates)));
    }

    /** What the pool holds of one member. Control context only. */
    private static final class Standing {
        private Health health;
        private AdminState admin = AdminState.READY;
        private int weight;

        Standing(Health health, int weight) {
            this.health = health;
            this.weight = weight;
        }

        boolean mayServe() {
            return health.state().isServing() && admin == AdminState.READY;
        }
    }
}
