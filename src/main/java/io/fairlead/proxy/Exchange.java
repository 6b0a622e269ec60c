package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.pool.RetryCondition;
import io.fairlead.proxy.log.AccessRecord.Ending;
import io.fairlead.route.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client request from head to end: finds its pool, makes attempts until one answers or none is allowed, keeps the
 * time-outs, and sees to it that the client's connection is left in order.
 *
 * <p>Confined to its event loop.
 */
final class Exchange extends Deadlines.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

    private final Loop loop;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final ClientConnection client;
    private final ClientSide clientSide;
    private final ClientKey key;
    private final String requestId;
    private final Timer timer;
    private final Account account;
    private @Nullable Route route;
    private @Nullable Placement placement;
    private @Nullable Attempt attempt;
    private @Nullable Retries retries;
    private boolean over;

    Exchange(Loop loop, HttpServerRequest request) {
        this.loop = loop;
        this.request = request;
        this.response = request.response();
        this.client = ClientConnection.of(request.connection());
        this.requestId = Forwarding.requestId(request, client, loop.requestIds());
        this.clientSide = new ClientSide(loop, request, client);
        this.key = new ClientKey(request, client);
        this.timer = new Timer(loop);
        this.account = new Account(loop);
    }

    /** Takes the request on. */
    void begin() {
        loop.deadlines().add(this);
        response.closeHandler(v -> giveUp());
        response.exceptionHandler(t -> giveUp());
        request.exceptionHandler(t -> giveUp());
        clientSide.hold();
        try {
            dispatch();
        } catch (RuntimeException e) {
            LOG.error("request {}: {}", requestId, e.toString(), e);
            account.end(this, Ending.BROKEN_OFF);
            giveUp();
            client.close();
        }
    }

    private void dispatch() {
        Refusal refusal = RequestRules.check(request);
        if (refusal == null && clientSide.isTooLong()) {
            refusal = Refusal.BODY_TOO_LONG;
        }
        if (refusal != null) {
            refuse(refusal);
            return;
        }
        route = loop.routes().match(key.host(), Target.path(key.uri()));
        if (route == null) {
            refuse(new Refusal(Why.NO_ROUTE, "No route matches this host and path."));
            return;
        }
        account.routed(route);
        timer.total(route.timeout());
        pool().retryBudget().requested();
        placement = new Placement(this, pool());
        retries = new Retries(this, pool(), placement);
        placement.seek();
    }

    /** A member was found. */
    void attempt(Lease lease) {
        timer.phase(Timer.Phase.CONNECT, pool().settings().timeouts().connect());
        timer.oneTry(pool().settings().retry().perTryTimeout());
        attempt = new Attempt(this, lease);
        attempt.start();
    }

    /** The attempt failed; another is made, or the client is told. */
    void failed(Failure failure) {
        Attempt last = attempt;
        attempt = null;
        if (over || last == null || retries == null || placement == null) {
            return;
        }
        if (response.headWritten()) {
            abort();
            return;
        }
        RetryCondition happened = failure.retry().orElse(null);
        if (happened == null || !retries.makeSenseAfter(happened)) {
            refuse(new Refusal(failure.why(), failure.detail()));
        } else if (!retries.begin(happened)) {
            account.denied(happened);
            String text = failure.detail() + " No further attempt is allowed after " + placement.attempts() + ".";
            refuse(new Refusal(failure.why().status(), Why.RETRY_EXHAUSTED, text));
        } else {
            account.willRetry(happened);
            leave(last);
            placement.seek();
        }
    }

    /** A lease for another attempt, to be begun at once, where the present one need not be the last; else null. */
    @Nullable
    Lease another(RetryCondition happened) {
        return over || retries == null || response.headWritten() ? null : retries.another(happened);
    }

    /** The present attempt is given up, and the next one begins. */
    void again(Lease next) {
        if (attempt != null && placement != null) {
            leave(attempt);
            placement.begin(next);
        }
    }

    private void leave(Attempt last) {
        account.retried(last.lease());
        response.headers().clear();
        clientSide.hold(); // what comes of the body meanwhile is the next attempt's
    }

    /** Fairlead itself answers, and says why. */
    void refuse(Refusal refusal) {
        account.refused(refusal.why());
        boolean close = !clientSide.isRequestEnded() || clientSide.isLastOfDrain() || refusal.why() == Why.MALFORMED;
        String body = refusal.write(request, requestId);
        if (close) {
            clientSide.announceClose();
        }
        clientSide.endAnswer(Buffer.buffer(body));
        answered();
    }

    /** The answer is complete. What is left of the request is read and dropped, within bounds. */
    void answered() {
        attempt = null;
        if (over) {
            return;
        }
        account.end(this, Ending.COMPLETE);
        if (clientSide.isRequestEnded()) {
            finish();
        } else {
            timer.phase(Timer.Phase.LINGER, ClientSide.LINGER);
            clientSide.dropRest(this::finish);
        }
    }

    private void finish() {
        if (!over) {
            end();
            clientSide.closeIfAnnounced();
        }
    }

    /** Breaks the client's connection, so that a truncated answer does not look complete. */
    void abort() {
        if (!over) {
            account.end(this, Ending.BROKEN_OFF);
            end();
            if (clientSide.isHttp11()) {
                client.close();
            } else {
                client.reset();
            }
        }
    }

    /** The client has gone, or Fairlead failed: ends it here, and the attempt with it, if one is under way. */
    private void giveUp() {
        if (over) {
            return;
        }
        over = true;
        Attempt last = attempt;
        attempt = null;
        if (last != null) {
            last.abandon();
        } else if (placement != null) {
            placement.leave();
        }
        account.end(this, Ending.CLIENT_GONE);
        end();
    }

    /** A tunnel was opened in the request's place, and is closed again. */
    void tunnelClosed() {
        attempt = null;
        if (!over) {
            account.end(this, Ending.COMPLETE);
            end();
        }
    }

    private void end() {
        over = true;
        loop.deadlines().remove(this);
        client.exchangeEnded();
    }

    @Override
    void sweep(long now) {
        Timer.Phase passed = timer.passed(now);
        if (passed == Timer.Phase.NONE) {
            return;
        }
        if (attempt != null) {
            attempt.timedOut(passed);
        } else if (placement != null && placement.isWaiting()) {
            placement.timedOut(passed);
        } else {
            abort(); // only the rest of a refused request is waited for
        }
    }

    /** Binds the client's session to the member that answers, if it has to be. */
    void bindSession(Member member, MultiMap answer) {
        if (placement != null) {
            placement.bindSession(member, answer);
        }
    }

    boolean isOver() {
        return over;
    }

    Loop loop() {
        return loop;
    }

    ClientKey key() {
        return key;
    }

    HttpServerRequest request() {
        return request;
    }

    ClientConnection client() {
        return client;
    }

    ClientSide clientSide() {
        return clientSide;
    }

    Timer timer() {
        return timer;
    }

    Account account() {
        return account;
    }

    String requestId() {
        return requestId;
    }

    /** Only after a route was found. */
    Pool pool() {
        if (route == null) {
            throw new IllegalStateException("no route yet");
        }
        return route.pool();
    }
}
