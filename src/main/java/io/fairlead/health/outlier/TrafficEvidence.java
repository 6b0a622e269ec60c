package io.fairlead.health.outlier;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Gathers what live traffic says of the members of a pool, and calls the control context when there is something to judge. One
 * for the life of the pool, while members come and go.
 */
public final class TrafficEvidence implements Lease.Listener {
    // Control context writes, event loops read, without a lock. Members are told apart by identity, as they have no
    // other.
    private final Map<Member, Evidence> members = new ConcurrentHashMap<>();
    // Control context writes it once, event loops read.
    private volatile Consumer<Member> call = member -> {};

    /** Nothing is known of these members yet. */
    public TrafficEvidence(Collection<Member> members) {
        members.forEach(this::add);
    }

    /** Gathers for this member too, of which nothing is known yet. Does nothing if it does so already. Control context only. */
    public void add(Member member) {
        members.putIfAbsent(member, new Evidence());
    }

    /** Forgets what this member's traffic said; leases of it that end later are ignored. Control context only. */
    public void remove(Member member) {
        members.remove(member);
    }

    /** Takes a lease that ended; one of a member that was removed says nothing. Any event loop. */
    @Override
    public void closed(Lease lease) {
        Evidence evidence = members.get(lease.member());
        if (evidence != null && evidence.take(lease)) {
            call.accept(lease.member());
        }
    }

    /** From now on this is told whom to judge, on an event loop. Control context only. */
    void onCall(Consumer<Member> consumer) {
        call = consumer;
    }

    Evidence of(Member member) {
        return Objects.requireNonNull(members.get(member), () -> member + ": no member of this pool");
    }
}
