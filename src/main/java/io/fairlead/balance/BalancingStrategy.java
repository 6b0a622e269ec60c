package io.fairlead.balance;

import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.List;
import java.util.OptionalDouble;

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

    /**
     * The share of all keys, 0 to 1, that would lead to another member if these candidates were followed by those; empty if
     * nothing leads from a key to a member. Any thread: it may take some milliseconds.
     *
     * @param before at least one
     * @param after at least one
     */
    default OptionalDouble movedKeys(List<Candidate> before, List<Candidate> after) {
        return OptionalDouble.empty();
    }

    /** A member got a request: its lease was opened, its count in flight grew. Any event loop; never blocks. */
    default void opened(Member member) {}

    /** That request ended: its count in flight fell, times and outcome are known. Any event loop; never blocks. */
    default void closed(Lease lease) {}
}
