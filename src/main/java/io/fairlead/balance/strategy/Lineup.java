package io.fairlead.balance.strategy;

import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The candidates laid out for picking, by index: arrays, so that a look at many touches little memory. Any event loop. */
final class Lineup {
    private final Member[] members;
    private final double[] weights;
    private final double[] inverseWeights;
    private final double leastCost;
    // null where nobody has a limit, so that the common case does not pay for limits
    private final int @Nullable [] capacities;

    Lineup(List<Candidate> candidates) {
        members = candidates.stream().map(Candidate::member).toArray(Member[]::new);
        weights = candidates.stream().mapToDouble(Candidate::weight).toArray();
        inverseWeights = Arrays.stream(weights)
                .map(weight -> Math.min(1 / weight, Double.MAX_VALUE))
                .toArray();
        leastCost = Arrays.stream(inverseWeights).min().orElseThrow();
        capacities = candidates.stream().allMatch(c -> c.capacity() == Candidate.UNLIMITED)
                ? null
                : candidates.stream().mapToInt(Candidate::capacity).toArray();
    }

    int size() {
        return members.length;
    }

    Member member(int index) {
        return members[index];
    }

    /** Whether anybody has a limit. */
    boolean isLimited() {
        return capacities != null;
    }

    boolean hasRoom(int index) {
        return capacities == null || members[index].inFlight() < capacities[index];
    }

    double weight(int index) {
        return weights[index];
    }

    /** Requests in flight and those that wait for it. */
    int load(int index) {
        return members[index].load();
    }

    /** What a load comes to, with one request more, for the candidate's weight: (load + 1) / weight. */
    double cost(int index, int load) {
        return (load + 1) * inverseWeights[index];
    }

    /** The cost of an idle one of the greatest weight: nobody has less. */
    double leastCost() {
        return leastCost;
    }

    /** The first with room from this index on, around the end; the index itself if all are full. O(number of full ones). */
    int withRoom(int from) {
        int index = from;
        for (int i = 0; i < members.length; i++) {
            if (hasRoom(index)) {
                return index;
            }
            index = index + 1 == members.length ? 0 : index + 1;
        }
        return from;
    }
}
