package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.outlier.TrafficEvidence;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Gives requests their leases: at once where a member has room, else in the order of their coming, as members get room. One
 * queue for the whole pool, so that nobody waits behind a slow member while another is free; a request whose session is bound
 * to a member waits for that one. Nobody who comes later is served earlier, but where those before cannot use the free member.
 *
 * <p>Any event loop. Without a queue, a lease costs one pick and one atomic increment; the lock is for the queue only. Nothing
 * is lost between the two: a request is queued first and looks for room again after that, a lease that ends gives its room
 * back first and looks at the queue after that.
 */
final class Admission {
    private final TrafficEvidence evidence;
    private final Supplier<Snapshot> snapshot;
    // Any event loop, guarded by this.
    private final Set<Ticket> queue = new LinkedHashSet<>();
    // Written under the lock, read by any event loop without it: all that wait, and those of them that wait for one
    // member.
    private volatile int queued;
    private volatile int bound;

    Admission(TrafficEvidence evidence, Supplier<Snapshot> snapshot) {
        this.evidence = evidence;
        this.snapshot = snapshot;
    }

    /** Who is to be told of the ends of leases that are opened under this strategy. */
    Lease.Listener whenClosed(BalancingStrategy strategy) {
        return lease -> {
            strategy.closed(lease);
            evidence.closed(lease);
            if (queued > 0) {
                serve();
            }
        };
    }

    /** A place in the queue. */
    final class Ticket implements Place {
        private final List<Member> tried;
        private final @Nullable Member home;
        private final Consumer<Lease> granted;

        Ticket(Collection<Member> tried, @Nullable Member home, Consumer<Lease> granted) {
            this.tried = List.copyOf(tried);
            this.home = home;
            this.granted = granted;
        }

        @Override
        public boolean leave() {
            return Admission.this.leave(this);
        }
    }

    /** How many requests wait. */
    int queued() {
        return queued;
    }

    /**
     * A lease at once. What others wait for is left to them: if any member would do for them, all; else the member that they
     * wait for. So sessions that wait for a member that hangs hold up nobody but themselves.
     *
     * @return null if there is no member with room that was not tried and nobody waits for
     */
    @Nullable
    Lease tryLease(RequestKey key, Collection<Member> tried, @Nullable Member home) {
        if (queued > bound) {
            return null;
        }
        Snapshot now = snapshot.get();
        if (home != null && isAtHome(home, tried, now)) {
            return home.waiting() == 0 ? lease(now, home) : null;
        }
        Member member = now.pick(key, tried);
        Lease lease = member == null || member.waiting() > 0 ? null : lease(now, member);
        return lease == null ? leaseAny(now, tried, Admission::isFree) : lease;
    }

    /**
     * A place in the queue.
     *
     * @param granted called once, unless the place is left before: from any event loop, under the lock, and possibly before
     *     this method returns; so it only passes the lease on
     * @return null if the queue is full
     */
    synchronized @Nullable Place queue(Collection<Member> tried, @Nullable Member home, Consumer<Lease> granted) {
        Snapshot now = snapshot.get();
        if (queue.size() >= now.rules().settings().maxQueue()) {
            return null;
        }
        boolean atHome = home != null && isAtHome(home, tried, now);
        Ticket ticket = new Ticket(tried, atHome ? home : null, granted);
        queue.add(ticket);
        count(ticket, 1);
        serve();
        return ticket;
    }

    /** Grants what can be granted; called when a member may have got room. */
    synchronized void serve() {
        Snapshot now = snapshot.get();
        boolean room = now.hasRoom();
        for (Iterator<Ticket> all = queue.iterator(); all.hasNext() && (room || bound > 0); ) {
            Ticket ticket = all.next();
            Lease lease = null;
            if (ticket.home != null && isAtHome(ticket.home, ticket.tried, now)) {
                lease = lease(now, ticket.home);
            } else if (room) {
                lease = leaseAny(now, ticket.tried, Candidate::hasRoom);
            }
            if (lease != null) {
                all.remove();
                count(ticket, -1);
                ticket.granted.accept(lease);
                room = now.hasRoom();
            }
        }
    }

    private synchronized boolean leave(Ticket ticket) {
        boolean waited = queue.remove(ticket);
        if (waited) {
            count(ticket, -1);
        }
        return waited;
    }

    private void count(Ticket ticket, int change) {
        if (ticket.home != null) {
            ticket.home.addWaiting(change);
            int before = bound;
            bound = before + change;
        }
        queued = queue.size();
    }

    private static boolean isAtHome(Member home, Collection<Member> tried, Snapshot now) {
        return now.keeps(home) && !tried.contains(home);
    }

    private static boolean isFree(Candidate candidate) {
        return candidate.hasRoom() && candidate.member().waiting() == 0;
    }

    private @Nullable Lease leaseAny(Snapshot now, Collection<Member> tried, Predicate<Candidate> allowed) {
        while (true) {
            Member member = now.leastLoaded(tried, allowed);
            Lease lease = member == null ? null : lease(now, member);
            if (member == null || lease != null) {
                return lease; // else another loop was quicker
            }
        }
    }

    private static @Nullable Lease lease(Snapshot now, Member member) {
        Rules rules = now.rules();
        Lease lease = member.tryLease(rules.settings().capacity(), rules.whenClosed());
        if (lease != null) {
            rules.strategy().opened(member);
        }
        return lease;
    }
}
