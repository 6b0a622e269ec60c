package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Smooth weighted round robin [1]: each member gets its turns as its weight says, spread out as evenly as can be; weights
 * 5, 1, 1 give a a b a c a a.
 *
 * <p>The definition: before each pick, every candidate's credit grows by its weight; the greatest credit wins, the first
 * on a tie, and pays the sum of all weights. After (sum of weights) picks all credits are 0 again, so one period is
 * unrolled when the picker is made, and a pick is one atomic increment and one array read: O(1), wait-free, the very order
 * of the definition. Candidates of equal weight pay and gain alike and so take turns in order; the unrolling therefore
 * compares only one per distinct weight: O(period x distinct weights).
 *
 * <p>The turn outlives a change of candidates, so that frequent changes do not favour the first.
 *
 * <p>[1] nginx, commit 52327e0627f4 (2012), "Upstream: smooth weighted round-robin balancing".
 */
public final class RoundRobin implements BalancingStrategy {
    /** Fractions of a weight are kept to one part in this many. */
    private static final int RESOLUTION = 100;

    // Any event loop. An atomic because all loops share the one order.
    private final AtomicLong turn;

    RoundRobin(long firstTurn) {
        turn = new AtomicLong(firstTurn);
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        Member[] period = period(candidates);
        return key -> period[(int) Math.floorMod(turn.getAndIncrement(), (long) period.length)];
    }

    private static Member[] period(List<Candidate> candidates) {
        int[] weights = integers(candidates);
        Map<Integer, Turns> byWeight = new LinkedHashMap<>();
        for (int i = 0; i < weights.length; i++) {
            byWeight.computeIfAbsent(weights[i], Turns::new).members.add(i);
        }
        Turns[] groups = byWeight.values().toArray(Turns[]::new);
        int sum = Arrays.stream(weights).sum();
        Member[] period = new Member[sum];
        for (int i = 0; i < sum; i++) {
            period[i] = candidates.get(next(groups, i + 1, sum)).member();
        }
        return period;
    }

    private static int next(Turns[] groups, int step, int sum) {
        Turns best = groups[0];
        for (Turns group : groups) {
            long lead = group.credit(step, sum) - best.credit(step, sum);
            if (lead > 0 || (lead == 0 && group.first() < best.first())) {
                best = group;
            }
        }
        return best.take();
    }

    /** The weights as integers in lowest terms. */
    private static int[] integers(List<Candidate> candidates) {
        boolean whole = candidates.stream().allMatch(c -> c.weight() == Math.rint(c.weight()));
        int[] weights = candidates.stream()
                .mapToInt(c -> (int) Math.max(1, Math.rint(c.weight() * (whole ? 1 : RESOLUTION))))
                .toArray();
        int divisor = Arrays.stream(weights).reduce(0, RoundRobin::greatestCommonDivisor);
        return Arrays.stream(weights).map(w -> w / divisor).toArray();
    }

    private static int greatestCommonDivisor(int a, int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }

    /** The candidates of one weight, which take turns among themselves. */
    private static final class Turns {
        private final int weight;
        private final List<Integer> members = new ArrayList<>();
        private int taken;

        Turns(int weight) {
            this.weight = weight;
        }

        /** The credit of the one whose turn it is, after this many steps. */
        long credit(int step, int sum) {
            return (long) weight * step - (long) sum * (taken / members.size());
        }

        int first() {
            return members.get(taken % members.size());
        }

        int take() {
            int member = first();
            taken++;
            return member;
        }
    }

    /** {@code strategy = "round-robin"}. */
    public static final class Named implements StrategyProvider<NoOptions> {
        @Override
        public String name() {
            return "round-robin";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public BalancingStrategy create(NoOptions options, Environment environment) {
            return new RoundRobin(0);
        }
    }
}
