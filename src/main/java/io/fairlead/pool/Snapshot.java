package io.fairlead.pool;

import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may get a request now, and the picker made for them. Immutable; control context makes it, event loops read it.
 *
 * @param candidates may be empty
 * @param picker null exactly if there are no candidates
 */
record Snapshot(List<Candidate> candidates, @Nullable Picker picker) {
    static final Snapshot EMPTY = new Snapshot(List.of(), null);

    /**
     * The strategy's pick if it was not tried before, else the least loaded of those that were not: strategies know
     * nothing of retries.
     *
     * @return null if no candidate is left
     */
    @Nullable
    Member pick(RequestKey key, Collection<Member> tried) {
        if (picker == null) {
            return null;
        }
        Member picked = picker.pick(key);
        return tried.isEmpty() || !tried.contains(picked) ? picked : leastLoadedExcept(tried);
    }

    private @Nullable Member leastLoadedExcept(Collection<Member> tried) {
        Member best = null;
        double bestLoad = Double.POSITIVE_INFINITY;
        for (Candidate candidate : candidates) {
            double load = (candidate.member().inFlight() + 1) / candidate.weight();
            if (load < bestLoad && !tried.contains(candidate.member())) {
                best = candidate.member();
                bestLoad = load;
            }
        }
        return best;
    }
}
