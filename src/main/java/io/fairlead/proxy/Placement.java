package io.fairlead.proxy;

import io.fairlead.balance.Pairs;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.pool.Place;
import io.fairlead.pool.Pool;
import io.fairlead.pool.Sessions;
import io.vertx.core.Context;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds a member for each attempt of one exchange: the one that its session is bound to, else the strategy's choice, if need
 * be after a wait in the pool's queue. Never one that was tried before.
 *
 * <p>Confined to its exchange.
 */
final class Placement {
    private final Exchange exchange;
    private final Pool pool;
    private final Optional<Sessions> sessions;
    private final @Nullable Member home;
    private final List<Member> tried = new ArrayList<>(2);
    private @Nullable Place place;
    private long queuedAt;

    Placement(Exchange exchange, Pool pool) {
        this.exchange = exchange;
        this.pool = pool;
        this.sessions = pool.sessions();
        this.home = sessions.map(this::home).orElse(null);
    }

    private @Nullable Member home(Sessions sessions) {
        for (String header : exchange.request().headers().getAll("Cookie")) {
            int value = Pairs.find(header, 0, header.length(), ';', sessions.cookie());
            Member member = value < 0
                    ? null
                    : sessions.home(header.substring(value, Pairs.end(header, value, header.length(), ';')));
            if (member != null) {
                return member;
            }
        }
        return null;
    }

    /** Begins the next attempt, now or when a member has room; or refuses the request. */
    void seek() {
        Lease lease = tryLease();
        if (lease != null) {
            begin(lease);
        } else if (!isPossible()) {
            exchange.refuse(new Refusal(Why.NO_MEMBER_AVAILABLE, "No member of the pool can take the request now."));
        } else {
            queue();
        }
    }

    /** A lease for the next attempt if a member has room at once; it is to be begun or closed. */
    @Nullable
    Lease tryLease() {
        return pool.tryLease(exchange.key(), tried, home);
    }

    private void queue() {
        Context context = Vertx.currentContext();
        place = pool.queue(tried, home, lease -> context.runOnContext(v -> granted(lease)));
        queuedAt = exchange.loop().now();
        if (place == null) {
            exchange.account().queue().foundFull();
            exchange.refuse(new Refusal(
                    Why.QUEUE_FULL, "All members have as many requests as they may, and so has the queue."));
        } else {
            exchange.timer().phase(Timer.Phase.QUEUE, pool.settings().queueTimeout());
        }
    }

    private void granted(Lease lease) {
        place = null;
        if (exchange.isOver()) {
            exchange.account().queue().left(waited());
            lease.close(Outcome.ABANDONED, exchange.loop().now());
        } else {
            exchange.account().queue().served(waited());
            begin(lease);
        }
    }

    private long waited() {
        return exchange.loop().now() - queuedAt;
    }

    /** Begins the next attempt. */
    void begin(Lease lease) {
        tried.add(lease.member());
        exchange.attempt(lease);
    }

    /** Whether there is a member left to try. */
    boolean isPossible() {
        return pool.hasMember(tried, home);
    }

    /** How many attempts were begun. */
    int attempts() {
        return tried.size();
    }

    /** Whether the exchange has a place in the queue, or a lease on its way from there. */
    boolean isWaiting() {
        return place != null;
    }

    /** Leaves the queue, if it waits there. */
    void leave() {
        if (leaveQueue()) {
            exchange.account().queue().left(waited());
        }
    }

    private boolean leaveQueue() {
        boolean left = place != null && place.leave();
        if (left) {
            place = null;
        }
        return left;
    }

    /** A time-out passed in the queue. If a lease is on its way, that comes first. */
    void timedOut(Timer.Phase phase) {
        if (leaveQueue()) {
            exchange.account().queue().timedOut(waited());
            Why why = phase == Timer.Phase.TOTAL ? Why.UPSTREAM_TIMEOUT : Why.QUEUE_TIMEOUT;
            exchange.refuse(new Refusal(why, exchange.timer().inWords(phase)));
        }
    }

    /** Binds the session to the member of this attempt, if sessions are sticky and it is not bound there already. */
    void bindSession(Member member, MultiMap answer) {
        if (member != home && sessions.isPresent()) {
            boolean secure = Forwarding.isSecure(exchange.request(), exchange.client());
            sessions.get().setCookie(member, secure).ifPresent(cookie -> answer.add("Set-Cookie", cookie));
        }
    }
}
