package io.fairlead.pool;

import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * Who of a pool may get what, reckoned from how its members stand: by health and orders, by slow start, by tier, and by
 * {@code min_available}. It all comes down to weights, so that strategies need not know of it.
 *
 * @param candidates members that share the requests; may be empty
 * @param standby members of worse tiers that are well but not needed now: for a request that failed at all candidates
 * @param homes members at which sessions that began there may stay
 * @param shares what each tier gets of the requests, 0 to 1, the best tier first; none while failing open
 * @param failOpen whether health is not looked at, because too few members are up
 */
record Roster(
        List<Candidate> candidates,
        List<Candidate> standby,
        Set<Member> homes,
        SortedMap<Integer, Double> shares,
        boolean failOpen) {
    /** What a member may have in flight that was ejected and has not answered since. */
    private static final int ON_TRIAL = 1;

    static final Roster EMPTY = new Roster(List.of(), List.of(), Set.of(), new TreeMap<>(), false);

    /** Reckons it, at this time of the ticker. */
    static Roster of(Collection<Standing> all, PoolSettings settings, long now) {
        boolean failOpen = isTooFew(all, settings);
        SortedMap<Integer, Double> shares = failOpen ? new TreeMap<>() : Tiers.shares(availability(all));
        SortedMap<Integer, Double> factors = factors(shares, all, now);
        boolean anyProven =
                all.stream().anyMatch(each -> each.mayServe() && !each.health().onTrial());
        List<Candidate> candidates = new ArrayList<>();
        List<Candidate> standby = new ArrayList<>();
        for (Standing standing : all) {
            if (failOpen ? standing.isUsable() : standing.mayServe()) {
                double weight = standing.rampedWeight(now) * factors.getOrDefault(standing.tier(), 1.0);
                boolean takesPart = failOpen || factors.containsKey(standing.tier());
                int capacity = anyProven && standing.health().onTrial() ? ON_TRIAL : settings.capacity();
                (takesPart ? candidates : standby).add(new Candidate(standing.member(), weight, capacity));
            }
        }
        return new Roster(List.copyOf(candidates), List.copyOf(standby), homes(all, failOpen), shares, failOpen);
    }

    /** Tells what is another way of working than before. */
    void tellAfter(Roster before, Pool pool, PoolListener listener) {
        if (failOpen != before.failOpen) {
            listener.failsOpen(pool, failOpen);
        }
        if (!before.shares.isEmpty() && !shares.isEmpty() && !before.shares.equals(shares)) {
            listener.divides(pool, shares);
        }
    }

    /** The share of each tier's weight that may serve. */
    private static SortedMap<Integer, Double> availability(Collection<Standing> all) {
        SortedMap<Integer, Double> whole = sums(all, Standing::weight);
        SortedMap<Integer, Double> available = sums(all, standing -> standing.mayServe() ? standing.weight() : 0);
        available.replaceAll((tier, weight) -> weight / whole.getOrDefault(tier, weight));
        return available;
    }

    /** What the weights of each tier are multiplied with, so that their sums are as the shares; 1 for the best tier. */
    private static SortedMap<Integer, Double> factors(
            SortedMap<Integer, Double> shares, Collection<Standing> all, long now) {
        SortedMap<Integer, Double> ramped = sums(all, standing -> standing.mayServe() ? standing.rampedWeight(now) : 0);
        SortedMap<Integer, Double> factors = new TreeMap<>(shares);
        factors.replaceAll((tier, share) -> share / ramped.getOrDefault(tier, share));
        double best = factors.isEmpty() ? 1 : factors.getOrDefault(factors.firstKey(), 1.0);
        factors.replaceAll((tier, factor) -> factor / best);
        return factors;
    }

    private static SortedMap<Integer, Double> sums(Collection<Standing> all, ToDoubleFunction<Standing> summand) {
        SortedMap<Integer, Double> sums = new TreeMap<>();
        all.forEach(standing -> sums.merge(standing.tier(), summand.applyAsDouble(standing), Double::sum));
        return sums;
    }

    /**
     * Whether fewer are up than {@code min_available} wants, and there is somebody to gain by not looking at health. Not
     * before all that are to serve are known: at the start none is up yet.
     */
    private static boolean isTooFew(Collection<Standing> all, PoolSettings settings) {
        int ready = 0;
        int up = 0;
        int usable = 0;
        for (Standing standing : all) {
            boolean isReady = standing.admin() == AdminState.READY;
            if (isReady && standing.health().state() == HealthState.CHECKING) {
                return false;
            }
            ready += isReady ? 1 : 0;
            up += standing.mayServe() ? 1 : 0;
            usable += standing.isUsable() ? 1 : 0;
        }
        return up < settings.minAvailable().fraction() * ready && usable > up;
    }

    private static Set<Member> homes(Collection<Standing> all, boolean failOpen) {
        Set<Member> homes = new HashSet<>();
        for (Standing standing : all) {
            boolean drained = standing.admin() == AdminState.DRAIN
                    && standing.health().state().isServing();
            if (drained || standing.mayServe() || (failOpen && standing.isUsable())) {
                homes.add(standing.member());
            }
        }
        return Set.copyOf(homes);
    }
}
