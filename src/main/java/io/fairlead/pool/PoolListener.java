package io.fairlead.pool;

import io.fairlead.health.Transition;
import io.fairlead.member.Member;
import java.util.SortedMap;

/** Told of what becomes of a pool and its members, once for each change. Control context only. */
public interface PoolListener {
    /** A member became something else; or, if the transition is a remark, what might have happened to it. */
    void changed(Pool pool, Member member, Transition transition);

    /** From now on the pool uses all its members, healthy or not, or no longer does: see {@code min_available}. */
    void failsOpen(Pool pool, boolean open);

    /** The tiers share the requests in another way: the part of each, 0 to 1, the best tier first. */
    void divides(Pool pool, SortedMap<Integer, Double> shares);
}
