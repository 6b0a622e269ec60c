package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A candidate by chance, as its weight says, whatever went before: {@link AliasTable}. A pick is one random number and two
 * array reads: O(1), and event loops share nothing at all.
 *
 * <p>A full candidate is drawn again; after a few draws in vain the next one with room is looked for in the order of the
 * file, so that a pick among n candidates of which nearly all are full is O(n).
 */
public final class WeightedRandom implements BalancingStrategy {
    private static final int DRAWS_IN_VAIN = 16;

    private final RandomGenerator random;

    WeightedRandom(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        AliasTable table = new AliasTable(candidates);
        Lineup lineup = new Lineup(candidates);
        if (lineup.isLimited()) {
            return key -> lineup.member(drawWithRoom(table, lineup));
        }
        return key -> lineup.member(table.draw(random.nextLong()));
    }

    private int drawWithRoom(AliasTable table, Lineup lineup) {
        int index = table.draw(random.nextLong());
        for (int i = 0; i < DRAWS_IN_VAIN && !lineup.hasRoom(index); i++) {
            index = table.draw(random.nextLong());
        }
        return lineup.withRoom(index);
    }

    /** {@code strategy = "random"}. */
    public static final class Named implements StrategyProvider<NoOptions> {
        @Override
        public String name() {
            return "random";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public BalancingStrategy create(NoOptions options, Environment environment) {
            return new WeightedRandom(environment.random());
        }
    }
}
