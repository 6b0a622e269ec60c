package io.fairlead.balance.strategy;

import io.fairlead.member.Candidate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose turn it is by smooth weighted round robin [1]: each candidate gets its turns as its weight says, spread out as evenly
 * as can be; weights 5, 1, 1 give a a b a c a a.
 *
 * <p>The definition: before each turn, every candidate's credit grows by its weight; the greatest credit wins, the first
 * on a tie, and pays the sum of all weights. After (sum of weights) turns all credits are 0 again, so one period is unrolled
 * once and a turn is one array read, in the very order of the definition. {@link WholeWeights} bounds the period.
 *
 * <p>Unrolling does not compare all candidates at every turn. Those of equal weight gain and pay alike and so take turns in
 * order: one per distinct weight is compared. And who is far behind cannot win for a while: the greatest credits are gathered
 * as leaders, and only they are compared until those left out may have caught up, none gaining more than the greatest weight
 * per turn. With d distinct weights that comes to about the square root of d comparisons per turn, d at worst.
 *
 * <p>[1] nginx, commit 52327e0627f4 (2012), "Upstream: smooth weighted round-robin balancing".
 */
final class SmoothTurns {
    private final int[] period;

    private SmoothTurns(int[] period) {
        this.period = period;
    }

    /** The turns of these candidates. */
    static SmoothTurns of(List<Candidate> candidates) {
        return new SmoothTurns(new Unrolling(WholeWeights.of(candidates)).period());
    }

    /** The index of the candidate that has this turn, any number. Any event loop. */
    int at(long turn) {
        return period[Math.floorMod(turn, period.length)];
    }

    /** How many turns there are before they repeat. */
    int length() {
        return period.length;
    }

    /** The credits while one period is unrolled. */
    private static final class Unrolling {
        private static final long NOBODY = Long.MIN_VALUE / 2;

        private final int sum;
        // one for every distinct weight, in rising order: its candidates, whose turn among them it is, and what they
        // paid
        private final int[] weights;
        private final int[][] candidates;
        private final int[] next;
        private final long[] paid;
        private final long greatestWeight;
        // leaders are gathered anew after this many turns at the latest, since the field spreads and their number
        // shrinks
        private final int turnsToLead;
        private final int[] leaders;
        private int leaderCount;
        private long gatheredAt = NOBODY;
        // what bounds the credits of all others: this, and the greatest weight for each turn
        private long others;

        Unrolling(int[] weightOf) {
            Map<Integer, List<Integer>> byWeight = new TreeMap<>();
            for (int i = 0; i < weightOf.length; i++) {
                byWeight.computeIfAbsent(weightOf[i], w -> new ArrayList<>()).add(i);
            }
            sum = Arrays.stream(weightOf).sum();
            weights = ints(byWeight.keySet().stream().toList());
            candidates = byWeight.values().stream().map(Unrolling::ints).toArray(int[][]::new);
            next = new int[weights.length];
            paid = new long[weights.length];
            greatestWeight = weights[weights.length - 1];
            turnsToLead = (int) Math.ceil(Math.sqrt(weights.length));
            leaders = new int[weights.length];
        }

        private static int[] ints(List<Integer> list) {
            return list.stream().mapToInt(i -> i).toArray();
        }

        int[] period() {
            int[] order = new int[sum];
            for (int turn = 1; turn <= sum; turn++) {
                int best = bestLeader(turn);
                if (turn > gatheredAt + turnsToLead || credit(best, turn) <= others + greatestWeight * turn) {
                    gatherLeaders(turn);
                    best = bestLeader(turn);
                }
                order[turn - 1] = take(best);
            }
            return order;
        }

        private long credit(int group, long turn) {
            return weights[group] * turn - paid[group];
        }

        private int bestLeader(long turn) {
            int best = leaders[0];
            long bestCredit = credit(best, turn);
            for (int i = 1; i < leaderCount; i++) {
                int leader = leaders[i];
                long credit = credit(leader, turn);
                if (credit > bestCredit || (credit == bestCredit && first(leader) < first(best))) {
                    best = leader;
                    bestCredit = credit;
                }
            }
            return best;
        }

        private void gatherLeaders(long turn) {
            long best = NOBODY;
            for (int group = 0; group < weights.length; group++) {
                best = Math.max(best, credit(group, turn));
            }
            long least = best - greatestWeight * turnsToLead;
            long bestOther = NOBODY;
            leaderCount = 0;
            for (int group = 0; group < weights.length; group++) {
                long credit = credit(group, turn);
                if (credit >= least) {
                    leaders[leaderCount++] = group;
                } else {
                    bestOther = Math.max(bestOther, credit);
                }
            }
            others = bestOther - greatestWeight * turn;
            gatheredAt = turn;
        }

        private int first(int group) {
            return candidates[group][next[group]];
        }

        private int take(int group) {
            int taken = first(group);
            if (++next[group] == candidates[group].length) {
                next[group] = 0;
                paid[group] += sum;
            }
            return taken;
        }
    }
}
