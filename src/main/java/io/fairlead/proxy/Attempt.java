package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.pool.RetryCondition;
import io.vertx.core.AsyncResult;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One try at one member: takes a connection, sends the request, and hands the answer on. Holds the lease, and closes it on
 * every path; a connection on which the request or the answer is not complete is closed with it, never used again.
 *
 * <p>Confined to its exchange.
 */
final class Attempt {
    private static final Logger LOG = LoggerFactory.getLogger(Attempt.class);

    private final Exchange exchange;
    private final Loop loop;
    private final Member member;
    private final Lease lease;
    private final boolean upgrade;
    private @Nullable HttpClientRequest upstream;
    private @Nullable ResponseRelay relay;
    private boolean requestSent;
    private boolean over;

    Attempt(Exchange exchange, Lease lease) {
        this.exchange = exchange;
        this.loop = exchange.loop();
        this.member = lease.member();
        this.lease = lease;
        this.upgrade = Tunnel.isAskedFor(exchange.request());
    }

    /** Takes a connection; all else follows. */
    void start() {
        exchange.account().attempt(lease);
        loop.connect(member, exchange.pool()).onComplete(this::connected);
    }

    Member member() {
        return member;
    }

    Lease lease() {
        return lease;
    }

    private void connected(AsyncResult<HttpClientRequest> result) {
        if (over) {
            if (result.succeeded()) {
                // Nothing was sent: the connection goes back. Without a handler Vert.x logs an error.
                result.result().exceptionHandler(t -> {}).reset();
            }
        } else if (result.failed()) {
            fail(Failure.connect(MemberError.inWords(result.cause())));
        } else {
            upstream = result.result();
            guarded(() -> send(result.result()));
        }
    }

    private void send(HttpClientRequest to) {
        to.exceptionHandler(this::broken);
        MemberHead.set(exchange, member, upgrade, to);
        to.continueHandler(v -> guarded(this::relayContinue));
        to.earlyHintsHandler(hints -> guarded(() -> relayEarlyHints(hints)));
        lease.sent(loop.now());
        exchange.account().sent(lease, MemberCodec.isFirstUse(to.connection()));
        if (upgrade) {
            to.connect().onComplete(this::answered);
            requestDone();
            requestSent = false; // the connection is the tunnel's, or of no further use
        } else {
            to.response().onComplete(this::answered);
            sendBody(to);
        }
    }

    private void sendBody(HttpClientRequest to) {
        ClientSide client = exchange.clientSide();
        if (client.isRequestEnded()) {
            to.end();
            requestDone();
            return;
        }
        to.setChunked(client.isChunked());
        if (exchange.request().getHeader("Expect") != null) {
            expectFirstByte(); // the client waits for the member's word
        } else {
            expectMore();
        }
        new RequestRelay(exchange, this, to).start();
    }

    private void expectFirstByte() {
        exchange.timer()
                .phase(
                        Timer.Phase.FIRST_BYTE,
                        exchange.pool().settings().timeouts().firstByte());
    }

    private void expectMore() {
        exchange.timer()
                .phase(Timer.Phase.IDLE, exchange.pool().settings().timeouts().idle());
    }

    /** All of the request is sent: from now on the member owes an answer. */
    void requestDone() {
        requestSent = true;
        if (relay == null) {
            expectFirstByte();
        }
    }

    private void relayContinue() {
        if (!over && !requestSent) {
            expectMore();
            if (exchange.clientSide().isHttp11()) {
                exchange.request().response().writeContinue();
            }
        }
    }

    private void relayEarlyHints(MultiMap hints) {
        if (!over && exchange.clientSide().isHttp11()) {
            MultiMap kept = MultiMap.caseInsensitiveMultiMap();
            HopByHop.copyResponse(hints, kept);
            exchange.request().response().writeEarlyHints(kept);
        }
    }

    private void answered(AsyncResult<HttpClientResponse> result) {
        if (result.succeeded()) {
            result.result().exceptionHandler(this::broken); // without one Vert.x logs an error when it is reset
        }
        if (over) {
            return;
        }
        if (result.failed()) {
            broken(result.cause());
            return;
        }
        HttpClientResponse answer = result.result();
        int status = answer.statusCode();
        lease.answered(status, loop.now());
        Lease next = RetryCondition.isPossible(status) ? exchange.another(RetryCondition.ofStatus(status)) : null;
        if (next != null) {
            dropAnswer(answer);
            exchange.again(next);
            return;
        }
        exchange.timer().noTry();
        if (status != 101) {
            expectMore();
            relay = new ResponseRelay(exchange, this, answer);
            guarded(relay::start);
        } else if (upgrade) {
            exchange.timer().noTotal();
            guarded(() -> Tunnel.open(exchange, this, answer));
        } else {
            fail(Failure.badAnswer("A member switched protocols unasked."));
        }
    }

    /** Another member gets the request: this one's part ends with its answer, which nobody reads. */
    private void dropAnswer(HttpClientResponse answer) {
        end(Outcome.ANSWERED);
        new DroppedAnswer(loop, lease, this::dropConnection).read(answer, requestSent);
    }

    /** The member's connection broke, or what came is not HTTP. */
    void broken(Throwable cause) {
        if (!over) {
            String detail = "A member's connection broke " + (relay == null ? "before" : "in") + " the answer: "
                    + MemberError.inWords(cause);
            boolean clean = relay == null && !MemberError.isBadHttp(cause);
            fail(clean ? Failure.reset(detail) : Failure.badAnswer(detail));
        }
    }

    /** A time-out of the exchange passed. */
    void timedOut(Timer.Phase phase) {
        if (phase == Timer.Phase.TRY) {
            tryTimedOut();
            return;
        }
        String words = exchange.timer().inWords(phase);
        boolean clientsFault = relay != null ? relay.isHeldByClient() : phase == Timer.Phase.IDLE && !isHeldByMember();
        if (phase == Timer.Phase.CONNECT) {
            fail(Failure.connectTimeout(words));
        } else if (clientsFault) {
            fail(Failure.abandoned(Why.CLIENT_TIMEOUT, words));
        } else {
            fail(phase == Timer.Phase.FIRST_BYTE ? Failure.noAnswer(words) : Failure.timeout(words));
        }
    }

    /** This member is slow: another one gets the request if it can take it now, else the wait goes on, and is asked again. */
    private void tryTimedOut() {
        Lease next = exchange.another(lease.wasSent() ? RetryCondition.TIMEOUT : RetryCondition.CONNECT_FAILURE);
        if (next == null) {
            exchange.timer().oneTry(exchange.pool().settings().retry().perTryTimeout());
        } else if (close(lease.wasSent() ? Outcome.TIMED_OUT : Outcome.CONNECT_FAILED)) {
            dropConnection();
            exchange.again(next);
        }
    }

    private boolean isHeldByMember() {
        return upstream != null && !requestSent && upstream.writeQueueFull();
    }

    /** The client has gone, or Fairlead gives the request up. */
    void abandon() {
        if (close(Outcome.ABANDONED)) {
            dropConnection();
        }
    }

    /** Ends the attempt with a failure, which the exchange may answer with another attempt. */
    void fail(Failure failure) {
        if (close(failure.outcome())) {
            dropConnection();
            exchange.failed(failure);
        }
    }

    /** The answer is complete. */
    void completed() {
        if (close(Outcome.ANSWERED)) {
            if (!requestSent) {
                dropConnection(); // the member still expects a body that nobody will send
            }
            exchange.answered();
        }
    }

    /** The tunnel is closed. */
    void tunnelClosed() {
        if (close(Outcome.ANSWERED)) {
            exchange.tunnelClosed();
        }
    }

    boolean isOver() {
        return over;
    }

    private boolean close(Outcome outcome) {
        if (over) {
            return false;
        }
        end(outcome);
        loop.close(lease, outcome);
        return true;
    }

    private void end(Outcome outcome) {
        over = true;
        exchange.timer().noTry();
        exchange.account().attempted(lease, outcome);
    }

    private void dropConnection() {
        if (upstream == null) {
            return;
        }
        upstream.reset();
        HttpConnection connection = upstream.connection();
        if (lease.wasSent() && connection != null) {
            connection.close();
        }
    }

    /** Whatever throws after a connection was taken closes it. */
    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.debug("request {} at {}: {}", exchange.requestId(), member, e.toString(), e);
            fail(Failure.badAnswer("The exchange with a member failed: " + MemberError.inWords(e)));
        }
    }
}
