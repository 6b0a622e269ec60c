package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import io.fairlead.pool.RetryCondition;
import io.fairlead.proxy.log.AccessRecord.Ending;
import io.fairlead.route.Route;
import io.fairlead.stats.Retry;
import io.fairlead.stats.record.ListenerRecorder;
import io.fairlead.stats.record.PoolRecorder;
import io.fairlead.stats.record.QueueRecorder;
import io.fairlead.stats.record.RouteRecorder;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

/**
 * What statistics and access log get to know of one exchange while it goes on; what comes after its end for the client is none
 * of their business.
 *
 * <p>Confined to its exchange.
 */
final class Account {
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Loop loop;
    private final long begun;
    private final @Nullable AccessTrail trail;
    private @Nullable Route route;
    private @Nullable PoolRecorder pool;
    // Why the present attempt is a further one, and why there will be another.
    private @Nullable RetryCondition present;
    private @Nullable RetryCondition next;
    private boolean tunnelled;
    private boolean ended;

    /** Of a request whose head is here. */
    Account(Loop loop) {
        this.loop = loop;
        this.begun = loop.now();
        this.trail = AccessTrail.begin(loop, begun);
        loop.listener().requestReceived();
    }

    /** A request of which no head could be read was refused. */
    static void unread(Loop loop, String client, Refusal refusal, String requestId) {
        loop.listener().requestReceived();
        loop.listener().route(ListenerRecorder.NO_ROUTE).unread(refusal.status());
        AccessTrail.unread(loop, client, refusal, requestId);
    }

    /** A head began, and its client went. */
    static void cutOff(Loop loop) {
        loop.listener().requestReceived();
        loop.listener().route(ListenerRecorder.NO_ROUTE).unread(RouteRecorder.CLIENT_GONE);
    }

    /** Its route was found. */
    void routed(Route found) {
        route = found;
        pool = loop.stats().pool(found.pool().name());
        pool.requestReceived();
    }

    /** Of the pool's queue. */
    QueueRecorder queue() {
        return pool().queue();
    }

    private PoolRecorder pool() {
        if (pool == null) {
            throw new IllegalStateException("no route yet");
        }
        return pool;
    }

    /** An attempt begins. */
    void attempt(Lease lease) {
        present = next;
        next = null;
        if (present != null) {
            loop.recorder(lease.member()).retriedHere();
        }
        if (trail != null) {
            trail.attempt();
        }
    }

    /** The request goes out, on a new connection or on a kept one. */
    void sent(Lease lease, boolean first) {
        loop.recorder(lease.member()).sentOn(first);
    }

    /** The attempt ended so; its lease may still be open. */
    void attempted(Lease lease, Outcome outcome) {
        if (present != null) {
            pool().retryEnded(new Retry(present.word(), inRetries(outcome)));
            present = null;
        }
        if (trail != null) {
            trail.attempted(lease, outcome);
        }
    }

    private Retry.Outcome inRetries(Outcome outcome) {
        return switch (outcome) {
            case ANSWERED -> next == null ? Retry.Outcome.ANSWERED : Retry.Outcome.FAILED;
            case CONNECT_FAILED, RESET, TIMED_OUT -> Retry.Outcome.FAILED;
            case ABANDONED -> Retry.Outcome.ABANDONED;
        };
    }

    /** There will be another attempt, because of this. */
    void willRetry(RetryCondition happened) {
        next = happened;
    }

    /** There would be another attempt after this, were it not for their number or the budget. */
    void denied(RetryCondition happened) {
        pool().retryEnded(new Retry(happened.word(), Retry.Outcome.DENIED));
    }

    /** The attempt under this lease gives way to another one. */
    void retried(Lease lease) {
        loop.recorder(lease.member()).retriedElsewhere();
        pool().retried();
    }

    /** Fairlead answers itself. */
    void refused(Why why) {
        if (pool != null) {
            pool.refused(why.word());
        }
        if (trail != null) {
            trail.refused(why);
        }
    }

    /** The client's connection and the member's are one from now on. */
    void tunnelled() {
        tunnelled = true;
    }

    /** It is over for the client. Calls after the first do nothing. */
    void end(Exchange exchange, Ending ending) {
        if (ended) {
            return;
        }
        ended = true;
        if (next != null) { // was allowed, but found no member
            pool().retryEnded(new Retry(next.word(), Retry.Outcome.FAILED));
        }
        HttpServerResponse response = exchange.request().response();
        int answered = response.headWritten() ? response.getStatusCode() : RouteRecorder.CLIENT_GONE;
        int status = tunnelled ? SWITCHING_PROTOCOLS : answered;
        if (trail != null) {
            trail.end(exchange, route, status, ending);
        }
        if (ending == Ending.COMPLETE && !tunnelled) {
            exchange.clientSide().whenWritten(() -> record(status));
        } else {
            record(status);
        }
    }

    private void record(int status) {
        loop.recorder(route).ended(status, loop.now() - begun);
    }
}
