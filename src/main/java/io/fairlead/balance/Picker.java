package io.fairlead.balance;

import io.fairlead.member.Member;

/**
 * Chooses a member for each request from one fixed list of candidates. Any event loop; never blocks, never fails, and
 * allocates nothing.
 */
@FunctionalInterface
public interface Picker {
    /** One of the candidates that the picker was made for. */
    Member pick(RequestKey key);
}
