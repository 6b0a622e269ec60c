package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * The candidate with the fewest requests for its weight: least (in flight + queued for it + 1) / weight.
 *
 * <p>Ties rotate: the search begins at the candidate whose turn it is by {@link SmoothTurns}, and the first of equals wins. A
 * candidate that is idle at its turn gets the request at once. So a quiet pool is used evenly, by weight; by the letter of the
 * rule a light member would get nothing from it, since one request weighs more there than on any heavier one that is idle. As
 * HAProxy has it, all that are idle count as equal.
 *
 * <p>Up to 64 candidates all are looked at: O(n). From 65 on it is a sample of 48, the one whose turn it is and others by
 * chance, so that a pick costs the same for any number. With d uniform choices, load l and exponential service times the mean
 * time in system is the sum over i of l^((d^i - d) / (d - 1)) [1]: at load 0.9, 1.006 times the service time for d = 48. A
 * sample with repetitions from few candidates does worse than that, and stays within 5 % of the exact search from 65 candidates
 * on. Neighbours would be kinder to the memory, but are no sample: where the last search ended the next finds what it left,
 * and the mean is 1.8 for 32 of 1,000.
 *
 * <p>Full candidates are passed over; if the whole sample is full, the next one with room is looked for: O(n).
 *
 * <p>[1] M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE Transactions on Parallel and
 * Distributed Systems 12 (2001).
 */
public final class LeastConnections implements BalancingStrategy {
    static final int EXACT_UP_TO = 64;
    private static final int SAMPLE = 48;
    // the multiplier and increment of D. Knuth's MMIX generator; its upper bits are good enough to choose by
    private static final long MULTIPLIER = 6_364_136_223_846_793_005L;
    private static final long INCREMENT = 1_442_695_040_888_963_407L;

    private final RandomGenerator random;
    // Any event loop. An atomic because all loops share the one order.
    private final AtomicLong turn = new AtomicLong();

    LeastConnections(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        SmoothTurns turns = SmoothTurns.of(candidates);
        Lineup lineup = new Lineup(candidates);
        if (lineup.size() <= EXACT_UP_TO) {
            return key -> lineup.member(leastOfAll(lineup, turns.at(turn.getAndIncrement())));
        }
        return key -> lineup.member(leastOfSample(lineup, turns.at(turn.getAndIncrement()), random.nextLong()));
    }

    private static int leastOfAll(Lineup lineup, int first) {
        if (lineup.load(first) == 0) {
            return first;
        }
        int size = lineup.size();
        double unbeatable = lineup.leastCost();
        int best = first;
        double least = cost(lineup, first);
        int index = first;
        for (int i = 1; i < size && least > unbeatable; i++) {
            index = index + 1 == size ? 0 : index + 1;
            double cost = cost(lineup, index);
            if (cost < least) {
                best = index;
                least = cost;
            }
        }
        return best;
    }

    private static int leastOfSample(Lineup lineup, int first, long seed) {
        if (lineup.load(first) == 0) {
            return first;
        }
        int best = first;
        double least = cost(lineup, first);
        long bits = seed;
        for (int i = 1; i < SAMPLE && least > lineup.leastCost(); i++) {
            int index = AliasTable.below(lineup.size(), bits);
            double cost = cost(lineup, index);
            if (cost < least) {
                best = index;
                least = cost;
            }
            bits = bits * MULTIPLIER + INCREMENT;
        }
        return least < Double.POSITIVE_INFINITY ? best : lineup.withRoom(best);
    }

    private static double cost(Lineup lineup, int index) {
        return lineup.hasRoom(index) ? lineup.cost(index, lineup.load(index)) : Double.POSITIVE_INFINITY;
    }

    /** {@code strategy = "least-connections"}. */
    public static final class Named implements StrategyProvider<NoOptions> {
        @Override
        public String name() {
            return "least-connections";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public BalancingStrategy create(NoOptions options, Environment environment) {
            return new LeastConnections(environment.random());
        }
    }
}
