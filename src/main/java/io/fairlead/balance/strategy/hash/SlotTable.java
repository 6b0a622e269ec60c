package io.fairlead.balance.strategy.hash;

import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which candidate has which part of all keys: 65 536 slots, to which the first bits of a key's hash lead.
 *
 * <p>Each candidate names slots in a pseudo-random order of its own, which depends on its id only, at a rate that is its
 * weight. A slot goes to whom names it first, and naming a taken one gains nothing: so far this is rendezvous hashing [1],
 * in which a candidate that leaves moves none but its own slots, at a cost of one hash per name rather than per slot and
 * candidate. But the shares are left to chance, and so a candidate stops as soon as it has its exact quota; the others go
 * on until all slots are gone. Therefore the shares are exact to one slot, whatever the weights, and the few slots that
 * the quotas made go elsewhere are all that may move beside those of who leaves or comes: of equal candidates, 2 to 3 000,
 * under 0.5 % of all slots (Maglev's table [2] of this size, in which members search on for a free slot: up to 0.6 %). It
 * is more only where one of a fifth of all weight leaves a thousand: 3 %. The number of slots is fixed, because another
 * would move nearly all keys.
 *
 * <p>The result depends on ids and weights only, not on order or history. Built in O(slots x log slots), whatever the number
 * of candidates: some milliseconds. A look-up is one read. Immutable once built.
 *
 * <p>[1] Thaler, Ravishankar: Using Name-Based Mappings to Increase Hit Rates. IEEE/ACM Transactions on Networking, 1998.
 * [2] Eisenbud et al.: Maglev: A Fast and Reliable Software Network Load Balancer. NSDI 2016.
 */
final class SlotTable {
    private static final int BITS = 16;
    private static final int SHIFT = Long.SIZE - BITS;
    /** Enough for exact shares of 3 000 members within 5 %; few enough to stay in the processor's cache. */
    static final int SLOTS = 1 << BITS;

    private final @Nullable Candidate[] owners = new @Nullable Candidate[SLOTS];
    private final List<Candidate> ordered;

    /** For these candidates, at least one. */
    SlotTable(List<Candidate> candidates) {
        List<Claimant> claimants = candidates.stream()
                .map(Claimant::new)
                .sorted(Comparator.comparingLong((Claimant c) -> c.seed)
                        .thenComparing(c -> c.candidate.member().id()))
                .toList();
        ordered = claimants.stream().map(c -> c.candidate).toList();
        setQuotas(claimants);
        fill(new ArrayList<>(claimants));
    }

    /** The owner of the slot that a hash leads to. */
    Candidate at(long hash) {
        return owners[(int) (hash >>> SHIFT)];
    }

    /** All candidates, in an order that depends on their ids only. */
    List<Candidate> ordered() {
        return ordered;
    }

    /** The share of the slots, 0 to 1, that have another owner in the other table. */
    double movedTo(SlotTable other) {
        int moved = 0;
        for (int slot = 0; slot < SLOTS; slot++) {
            moved += member(owners[slot]) == member(other.owners[slot]) ? 0 : 1;
        }
        return moved / (double) SLOTS;
    }

    private static @Nullable Member member(@Nullable Candidate owner) {
        return owner == null ? null : owner.member();
    }

    /** The slots as the weights say, what is left after rounding down to those that lost most by it. */
    private static void setQuotas(List<Claimant> claimants) {
        double perWeight = SLOTS / weight(claimants);
        int left = SLOTS;
        for (Claimant claimant : claimants) {
            double ideal = claimant.candidate.weight() * perWeight;
            claimant.quota = (int) ideal;
            claimant.lost = ideal - claimant.quota;
            left -= claimant.quota;
        }
        List<Claimant> losers = new ArrayList<>(claimants);
        losers.sort(Comparator.comparingDouble(c -> -c.lost));
        for (int i = 0; i < left; i++) {
            losers.get(i).quota++;
        }
    }

    private void fill(List<Claimant> claiming) {
        claiming.removeIf(claimant -> claimant.quota == 0);
        while (claiming.size() > 1) {
            // one name per claimant and round on average: a power of two, so that small changes of weights alter no
            // turn
            double perWeight = Math.scalb(1.0, Math.getExponent(claiming.size() / weight(claiming)));
            boolean isAnySatisfied = false;
            while (!isAnySatisfied) {
                for (Claimant claimant : claiming) {
                    isAnySatisfied |= claimant.claim(owners, perWeight);
                }
            }
            claiming.removeIf(claimant -> claimant.quota == 0);
        }
        if (!claiming.isEmpty()) {
            claiming.get(0).takeTheRest(owners);
        }
    }

    private static double weight(List<Claimant> claimants) {
        return claimants.stream().mapToDouble(c -> c.candidate.weight()).sum();
    }

    /** A candidate while slots are given away. */
    private static final class Claimant {
        private final Candidate candidate;
        private final long seed;
        private long state;
        private double credit;
        private int quota;
        private double lost;

        Claimant(Candidate candidate) {
            this.candidate = candidate;
            seed = Hash64.of(candidate.member().id());
            state = seed;
            credit = 0x1p-64 * seed + 0.5; // so that the light ones do not all come in the same round
        }

        /** Names the slots of one round; true if that filled the quota. All slots come up in the end: the sequence is full. */
        boolean claim(@Nullable Candidate[] owners, double perWeight) {
            long at = state;
            int left = quota;
            double names = credit + candidate.weight() * perWeight;
            for (; names >= 1 && left > 0; names--) {
                at += Hash64.STEP;
                int slot = (int) (Hash64.mix(at) >>> SHIFT);
                if (owners[slot] == null) {
                    owners[slot] = candidate;
                    left--;
                }
            }
            state = at;
            credit = names;
            quota = left;
            return left == 0;
        }

        void takeTheRest(@Nullable Candidate[] owners) {
            for (int slot = 0; slot < SLOTS; slot++) {
                if (owners[slot] == null) {
                    owners[slot] = candidate;
                }
            }
        }
    }
}
