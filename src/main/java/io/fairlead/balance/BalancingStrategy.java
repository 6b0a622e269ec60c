package io.fairlead.balance;

import io.fairlead.member.Candidate;
import java.util.List;

/**
 * How a pool chooses. Lives as long as the pool and keeps what has to outlive a change of candidates, such as whose turn
 * it is; the pickers that it makes are fixed.
 */
@FunctionalInterface
public interface BalancingStrategy {
    /**
     * A picker for these candidates. Control context only; called when something changed, not per request.
     *
     * @param candidates never empty, in the order of the configuration; members that may not get a request now are left
     *     out already
     */
    Picker picker(List<Candidate> candidates);
}
