package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * The power of two choices [1]: two different candidates by chance, and the less loaded of them. That little knowledge takes
 * the greatest load of n members from about log n / log log n over the mean down to log log n / log 2, and no member draws
 * the herd. A pick is two random numbers and two loads: O(1) for any number of candidates.
 *
 * <p>How they are drawn, and what becomes of full ones, {@link TwoDraws} says. Less loaded is who would have less for its weight
 * with one request more, (load + 1) / weight. Two idle ones count as equal whatever they weigh: or else, in a quiet pool, the
 * lighter would never get anything.
 *
 * <p>Equals are told apart by recent use: who waited longer for its weight since it was picked. So requests that come one at
 * a time go round instead of clustering by chance.
 *
 * <p>[1] M. Mitzenmacher, "The Power of Two Choices in Randomized Load Balancing", IEEE Transactions on Parallel and
 * Distributed Systems 12 (2001).
 */
public final class PowerOfTwo implements BalancingStrategy {
    private final RandomGenerator random;

    PowerOfTwo(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        if (candidates.size() == 1) {
            Member only = candidates.get(0).member();
            return key -> only;
        }
        return new ByLoad(candidates, random);
    }

    private static final class ByLoad extends TwoDraws {
        // Any event loop. Counts picks; loops may overwrite each other's count, which only blurs who waited longer.
        private final AtomicInteger now = new AtomicInteger();
        // Any event loop. When each was picked last, by that count; plain, as a stale value only blurs it too.
        private final int[] pickedAt;

        ByLoad(List<Candidate> candidates, RandomGenerator random) {
            super(candidates, random);
            pickedAt = new int[candidates.size()];
        }

        @Override
        boolean isBetter(int other, int one) {
            int load = lineup().load(one);
            int otherLoad = lineup().load(other);
            double cost = lineup().cost(one, load);
            double otherCost = lineup().cost(other, otherLoad);
            if (otherCost == cost || (load | otherLoad) == 0) {
                return waitedLonger(other, one, now.getOpaque() + 1);
            }
            return otherCost < cost;
        }

        @Override
        void picked(int index) {
            int time = now.getOpaque() + 1;
            now.setOpaque(time);
            pickedAt[index] = time;
        }

        private boolean waitedLonger(int other, int one, int time) {
            // differences, so that the count may wrap
            double waited = (time - pickedAt[one]) * lineup().weight(one);
            double otherWaited = (time - pickedAt[other]) * lineup().weight(other);
            return otherWaited > waited || (otherWaited == waited && lineup().weight(other) > lineup().weight(one));
        }
    }

    /** {@code strategy = "power-of-two"}. */
    public static final class Named implements StrategyProvider<NoOptions> {
        @Override
        public String name() {
            return "power-of-two";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public BalancingStrategy create(NoOptions options, Environment environment) {
            return new PowerOfTwo(environment.random());
        }
    }
}
