package io.fairlead.balance;

import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.List;

/**
 * How a pool chooses. Lives as long as the pool and keeps what has to outlive a change of candidates, such as whose turn
 * it is; the pickers that it makes are fixed.
 *
 * <p>The pool has the last word: a member that was tried before or has no room is replaced by another candidate. So what a
 * strategy needs to know of the requests that members really got it hears by {@link #opened} and {@link #closed}.
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

    /** A member got a request: its lease was opened, its count in flight grew. Any event loop; never blocks. */
    default void opened(Member member) {}

    /** That request ended: its count in flight fell, times and outcome are known. Any event loop; never blocks. */
    default void closed(Lease lease) {}
}
