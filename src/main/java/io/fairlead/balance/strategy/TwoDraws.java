package io.fairlead.balance.strategy;

import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Two different candidates by chance, of which the better one gets the request. The first is drawn by weight ({@link AliasTable}),
 * so that a heavy member is seen as often as it should be picked; the second uniformly from the others, so that two differ
 * without trying again: O(1).
 *
 * <p>A full one loses; should both be full, the next candidate with room is looked for in the order of the file, which costs
 * O(number of full ones).
 */
abstract class TwoDraws implements Picker {
    private final RandomGenerator random;
    private final AliasTable table;
    private final Lineup lineup;

    /** Of at least two candidates. */
    TwoDraws(List<Candidate> candidates, RandomGenerator random) {
        this.random = random;
        table = new AliasTable(candidates);
        lineup = new Lineup(candidates);
    }

    @Override
    public final Member pick(RequestKey key) {
        int one = table.draw(random.nextLong());
        int other = AliasTable.below(lineup.size() - 1, random.nextLong());
        other += other >= one ? 1 : 0;
        int picked = isBetter(other, one) ? other : one;
        if (lineup.isLimited() && !lineup.hasRoom(picked)) {
            int loser = picked == one ? other : one;
            picked = lineup.hasRoom(loser) ? loser : lineup.withRoom(picked);
        }
        picked(picked);
        return lineup.member(picked);
    }

    /** Whether the other one wins over the one that was drawn by weight. Any event loop. */
    abstract boolean isBetter(int other, int one);

    /** Told of each pick. Any event loop. */
    void picked(int index) {}

    final Lineup lineup() {
        return lineup;
    }
}
