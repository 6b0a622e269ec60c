package io.fairlead.pool;

import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who may get a request now, and the picker made for them. Immutable; control context makes it, event loops read it.
 *
 * @param rules what the pool goes by
 * @param roster who may get what
 * @param picker null exactly if there are no candidates
 */
record Snapshot(Rules rules, Roster roster, @Nullable Picker picker) {
    /**
     * The strategy's pick if it was not tried before, else whoever stands in for it: strategies know nothing of retries.
     *
     * @return null if no member is left, or none that is left has room
     */
    @Nullable
    Member pick(RequestKey key, Collection<Member> tried) {
        if (picker == null) {
            return null;
        }
        Member picked = picker.pick(key);
        return tried.isEmpty() || !tried.contains(picked) ? picked : leastLoaded(tried, Candidate::hasRoom);
    }

    /** The least loaded for its weight of those that may be and were not tried; of the standby if all were tried. */
    @Nullable
    Member leastLoaded(Collection<Member> tried, Predicate<Candidate> allowed) {
        boolean isAnyLeft = isAnyLeft(roster.candidates(), tried);
        return leastLoaded(isAnyLeft ? roster.candidates() : roster.standby(), tried, allowed);
    }

    /** Whether there is a member, with or without room, that was not tried. */
    boolean isAnyLeft(Collection<Member> tried) {
        return isAnyLeft(roster.candidates(), tried) || isAnyLeft(roster.standby(), tried);
    }

    /** Whether a candidate, or one of the standby, has room. */
    boolean hasRoom() {
        return hasRoom(roster.candidates()) || hasRoom(roster.standby());
    }

    /** Whether sessions that began at this member may stay there. */
    boolean keeps(Member member) {
        return roster.homes().contains(member);
    }

    private static boolean isAnyLeft(List<Candidate> candidates, Collection<Member> tried) {
        for (Candidate candidate : candidates) {
            if (!tried.contains(candidate.member())) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasRoom(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (candidate.hasRoom()) {
                return true;
            }
        }
        return false;
    }

    /** The least loaded for its weight of those of the list that may be and were not tried; null if there is none. */
    static @Nullable Member leastLoaded(
            List<Candidate> candidates, Collection<Member> tried, Predicate<Candidate> allowed) {
        Member best = null;
        double bestLoad = Double.POSITIVE_INFINITY;
        for (Candidate candidate : candidates) {
            double load = (candidate.member().load() + 1) / candidate.weight();
            if (load < bestLoad && allowed.test(candidate) && !tried.contains(candidate.member())) {
                best = candidate.member();
                bestLoad = load;
            }
        }
        return best;
    }
}
