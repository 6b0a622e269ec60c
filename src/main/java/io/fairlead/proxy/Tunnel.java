package io.fairlead.proxy;

import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.NetSocket;
import java.util.Locale;

/**
 * After 101: bytes both ways, no faster than the other end takes them, until one end closes or nothing moves for the idle
 * time-out. WebSockets are such tunnels.
 *
 * <p>Confined to its exchange.
 */
final class Tunnel {
    private final Exchange exchange;
    private final Attempt attempt;
    private final NetSocket client;
    private final NetSocket member;
    private boolean closed;

    private Tunnel(Exchange exchange, Attempt attempt, NetSocket client, NetSocket member) {
        this.exchange = exchange;
        this.attempt = attempt;
        this.client = client;
        this.member = member;
    }

    /**
     * Whether the request asks to switch protocols. HTTP/2 is not switched to: a member that did would see what was
     * validated by nobody.
     */
    static boolean isAskedFor(HttpServerRequest request) {
        String protocol = request.getHeader("Upgrade");
        if (protocol == null || !request.method().equals(HttpMethod.GET) || request.version() != HttpVersion.HTTP_1_1) {
            return false;
        }
        return !protocol.toLowerCase(Locale.ROOT).startsWith("h2c")
                && HopByHop.isNamedByConnection(request.headers(), "upgrade")
                && request.getHeader("Content-Length") == null
                && request.getHeader("Transfer-Encoding") == null;
    }

    /** The member switched: so does the client's connection. */
    static void open(Exchange exchange, Attempt attempt, HttpClientResponse answer) {
        HttpServerRequest request = exchange.request();
        NetSocket member = answer.netSocket();
        member.pause();
        MultiMap headers = request.response().headers();
        HopByHop.copyResponse(answer.headers(), headers);
        exchange.bindSession(attempt.member(), headers);
        headers.set("Connection", "upgrade");
        String protocol = answer.getHeader("Upgrade");
        headers.set("Upgrade", protocol == null ? request.getHeader("Upgrade") : protocol);
        request.toNetSocket().onComplete(result -> {
            if (result.failed() || attempt.isOver()) {
                member.close();
                attempt.fail(Failure.badAnswer("The client's connection could not be switched."));
            } else {
                new Tunnel(exchange, attempt, result.result(), member).start();
            }
        });
    }

    private void start() {
        exchange.account().tunnelled();
        exchange.timer()
                .phase(Timer.Phase.IDLE, exchange.pool().settings().timeouts().idle());
        pump(client, member, sent -> attempt.lease().addBytesSent(sent));
        pump(member, client, received -> attempt.lease().addBytesReceived(received));
        client.closeHandler(v -> close());
        member.closeHandler(v -> close());
        client.exceptionHandler(t -> close());
        member.exceptionHandler(t -> close());
        member.resume();
        client.resume();
    }

    private void pump(NetSocket from, NetSocket to, Handler<Integer> count) {
        from.handler((Buffer bytes) -> {
            exchange.timer().touch();
            count.handle(bytes.length());
            to.write(bytes);
            if (to.writeQueueFull()) {
                from.pause();
                to.drainHandler(v -> {
                    exchange.timer().touch();
                    from.resume();
                });
            }
        });
        // What was written before the end still goes out before the close.
        from.endHandler(v -> to.end());
    }

    private void close() {
        if (!closed) {
            closed = true;
            client.close();
            member.close();
            attempt.tunnelClosed();
        }
    }
}
