package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Smooth weighted round robin: the turns go round as {@link SmoothTurns} lays them out. A pick is one atomic increment and
 * one array read: O(1), wait-free.
 *
 * <p>The turn outlives a change of candidates, so that frequent changes do not favour the first.
 *
 * <p>A candidate that is full loses its turn, and the next turn is taken; after a few in vain the next candidate with room
 * is looked for in the order of the file, so that a pick among n candidates of which nearly all are full is O(n).
 */
public final class RoundRobin implements BalancingStrategy {
    private static final int TURNS_IN_VAIN = 16;

    // Any event loop. An atomic because all loops share the one order.
    private final AtomicLong turn;

    RoundRobin(long firstTurn) {
        turn = new AtomicLong(firstTurn);
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        SmoothTurns turns = SmoothTurns.of(candidates);
        Lineup lineup = new Lineup(candidates);
        if (lineup.isLimited()) {
            return key -> lineup.member(nextWithRoom(turns, lineup));
        }
        return key -> lineup.member(turns.at(turn.getAndIncrement()));
    }

    private int nextWithRoom(SmoothTurns turns, Lineup lineup) {
        int index = turns.at(turn.getAndIncrement());
        for (int i = 0; i < TURNS_IN_VAIN && !lineup.hasRoom(index); i++) {
            index = turns.at(turn.getAndIncrement());
        }
        return lineup.withRoom(index);
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
