package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import java.util.List;
import java.util.Optional;

/**
 * What a pool goes by at present: its settings, and what was made of them. Immutable; control context makes it, event loops
 * read it.
 *
 * @param settings those in force: the file's, with the orders of the operator
 * @param members those of the settings, in their order
 * @param strategy outlives other settings, unless they name another one
 * @param whenClosed told of leases that were opened under this strategy: what it heard the beginning of it hears the end of
 * @param tls how members are spoken to by TLS; empty: in cleartext
 * @param sessions the cookies of sticky sessions; empty if sessions are not sticky
 */
record Rules(
        PoolSettings settings,
        List<Member> members,
        BalancingStrategy strategy,
        Lease.Listener whenClosed,
        Optional<MemberTls> tls,
        Optional<Sessions> sessions) {}
