package io.fairlead.health.outlier;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Gathers what live traffic says of the members of a pool, and calls the control context when there is something to judge. */
public final class TrafficEvidence implements Lease.Listener {
    // Members are told apart by identity, as they have no other. Control context writes, event loops read.
    private final Map<Member, Evidence> members = new ConcurrentHashMap<>();
    // Control context writes it once, event loops read.
    private volatile Consumer<Member> call = member -> {};

    /** Nothing is known of these members yet. */
    public TrafficEvidence(Collection<Member> members) {
        members.forEach(member -> this.members.put(member, new Evidence()));
    }

    /** These are the members from now on: of new ones nothing is known, those that went are forgotten. Control context only. */
    public void retain(Collection<Member> present) {
        Set<Member> all = Set.copyOf(present);
        members.keySet().retainAll(all);
        all.forEach(member -> members.computeIfAbsent(member, any -> new Evidence()));
    }

    /** Takes a lease that ended. Any event loop. */
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
