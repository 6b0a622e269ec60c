package io.fairlead.member;

import io.fairlead.settings.IpLiteral;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One app instance in one pool. The object is the identity: it outlives reloads with its count of requests in flight,
 * while weight, health and orders stand in the pool's snapshot.
 */
public final class Member {
    private final String pool;
    private final String id;
    private final MemberAddress address;
    // Any event loop. An atomic because every loop opens and closes leases on every member.
    private final AtomicInteger inFlight = new AtomicInteger();
    // Any event loop. An atomic because every loop queues requests.
    private final AtomicInteger waiting = new AtomicInteger();
    // Control context writes, event loops read: where the host name leads at present.
    private volatile @Nullable String ip;

    /**
     * A member with nothing in flight.
     *
     * @param pool the name of its pool
     * @param id unique in the pool; what people and the API call it
     */
    public Member(String pool, String id, MemberAddress address) {
        this.pool = pool;
        this.id = id;
        this.address = address;
        this.ip = IpLiteral.is(address.host()) ? address.host() : null;
    }

    /** The name of its pool. */
    public String pool() {
        return pool;
    }

    /** What people and the API call it; unique in its pool. */
    public String id() {
        return id;
    }

    /** As configured; the host may be a name. */
    public MemberAddress address() {
        return address;
    }

    /** The IP literal to connect to; null while the host name is unresolved. */
    public @Nullable String ip() {
        return ip;
    }

    /** Whether the address is a name, to be resolved. */
    public boolean isNamed() {
        return !IpLiteral.is(address.host());
    }

    /** The host name leads there from now on. Control context only. */
    public void resolved(String newIp) {
        ip = newIp;
    }

    /** Requests sent and not completed, over all event loops. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Requests that wait for this very member, and no other, over all event loops. */
    public int waiting() {
        return waiting.get();
    }

    /** Requests in flight and those that wait for this very member, over all event loops. */
    public int load() {
        return inFlight.get() + waiting.get();
    }

    /** A request begins (1) or ceases (-1) to wait for this very member, and no other. Any event loop. */
    public void addWaiting(int change) {
        waiting.addAndGet(change);
    }

    /** Opens a lease; the request in flight counts from now. Any event loop. */
    public Lease lease(Lease.Listener listener) {
        inFlight.incrementAndGet();
        return new Lease(this, listener);
    }

    /**
     * Opens a lease if fewer than this many requests are in flight. Any event loop.
     *
     * @return null if there is no room
     */
    public @Nullable Lease tryLease(int capacity, Lease.Listener listener) {
        int now = inFlight.get();
        while (now < capacity) {
            if (inFlight.compareAndSet(now, now + 1)) {
                return new Lease(this, listener);
            }
            now = inFlight.get();
        }
        return null;
    }

    void released() {
        inFlight.decrementAndGet();
    }

    @Override
    public String toString() {
        return pool + "/" + id;
    }
}
