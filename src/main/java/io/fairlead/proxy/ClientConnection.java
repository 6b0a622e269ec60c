package io.fairlead.proxy;

import io.fairlead.settings.Cidr;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.core.net.impl.ShutdownEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A client's connection, as far as Vert.x does not show it: it is closed when a head is slow or when it idles, and it keeps
 * the trailers of requests, which Vert.x drops. For this it looks at the Netty pipeline before and after the decoder; and there
 * it mends what Vert.x would do wrong.
 *
 * <p>Confined to its event loop.
 */
final class ClientConnection extends Deadlines.Watched {
    private static final Logger LOG = LoggerFactory.getLogger(ClientConnection.class);
    private static final AttributeKey<ClientConnection> KEY = AttributeKey.valueOf(ClientConnection.class, "client");
    private static final Refusal SLOW_HEAD =
            new Refusal(Why.CLIENT_TIMEOUT, "The request's head did not come in time.");

    private final Loop loop;
    private final Channel channel;
    private final String peer;
    // Who is trusted by these settings of the listener; others may come.
    private ListenerSettings judgedBy;
    private boolean trusted;
    private final Map<Long, HttpHeaders> trailers = new HashMap<>(2);
    private long since;
    private boolean headBegun;
    private boolean readingHead = true;
    private long decoded;
    private long begun;
    private long ended;

    private ClientConnection(Loop loop, HttpConnection connection) {
        this.loop = loop;
        this.channel = ((ConnectionBase) connection).channel();
        String address = connection.remoteAddress().hostAddress();
        this.peer = address == null ? "" : address;
        this.judgedBy = loop.settings();
        this.trusted = isTrusted(peer);
        this.since = loop.now();
    }

    /** Watches a new connection until it closes. */
    static void watch(Loop loop, HttpConnection connection) {
        ClientConnection client = new ClientConnection(loop, connection);
        client.channel.attr(KEY).set(client);
        ChannelPipeline pipeline = client.channel.pipeline();
        pipeline.addBefore("httpDecoder", "beforeDecoder", client.new BeforeDecoder());
        pipeline.addBefore("handler", "afterDecoder", client.new AfterDecoder());
        loop.opened(client);
        // That clients break connections is their right; the exchange, if there is one, hears of it by itself.
        connection.exceptionHandler(t -> LOG.debug("connection from {}: {}", client.peer, t.getMessage()));
    }

    /** The one that a request came on. */
    static ClientConnection of(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().attr(KEY).get();
    }

    /** The address of who connected, an IP literal. */
    String peer() {
        return peer;
    }

    /** Whether the peer's forwarded headers are believed. */
    boolean isTrusted() {
        if (judgedBy != loop.settings()) {
            judgedBy = loop.settings();
            trusted = isTrusted(peer);
        }
        return trusted;
    }

    /** Whether an address that a forwarded header names is a trusted proxy's. */
    boolean isTrusted(String address) {
        for (Cidr cidr : loop.settings().trustedProxies()) {
            if (cidr.contains(address)) {
                return true;
            }
        }
        return false;
    }

    /** An exchange begins; the number that it is known by on this connection. */
    long exchangeBegan() {
        return begun++;
    }

    /** Whether a request has come behind that of an exchange. */
    boolean hasRequestBehind(long exchange) {
        return decoded > exchange + 1;
    }

    /** An exchange is over, and the connection idles unless the next request has come already. */
    void exchangeEnded() {
        ended++;
        since = loop.now();
    }

    /** Closes it now. */
    void close() {
        var unused = channel.close();
    }

    /** Closes it so that the client sees a reset: for an answer whose end is the connection's end, and that is not it. */
    void reset() {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        var unused = channel.close();
    }

    /** The trailers that followed an exchange's request; null if there were none. Only after the request's end. */
    @Nullable
    HttpHeaders takeTrailers(long exchange) {
        return trailers.isEmpty() ? null : trailers.remove(exchange);
    }

    @Override
    void sweep(long now) {
        if (ended < decoded) {
            return;
        }
        long limit = readingHead ? loop.headerTimeoutNanos() : loop.idleTimeoutNanos();
        if (now - since < limit) {
            return;
        }
        loop.deadlines().remove(this);
        if (headBegun) {
            String requestId = loop.requestIds().next();
            String text = SLOW_HEAD.raw(requestId);
            Account.unread(loop, peer, SLOW_HEAD, requestId);
            ByteBuf answer = Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
            channel.pipeline().context("beforeDecoder").writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
        } else {
            // Nothing was asked, so nothing is answered: browsers open connections on suspicion.
            var unused = channel.close();
        }
    }

    /** Sees bytes: the first one after a request begins the next head. */
    private final class BeforeDecoder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (!headBegun && ended == decoded) {
                headBegun = true;
                if (!readingHead) {
                    readingHead = true;
                    since = loop.now();
                }
            }
            context.fireChannelRead(message);
        }

        /** Vert.x closes idle connections when its server is shut down, at once; a client may just be sending. */
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (!(event instanceof ShutdownEvent)) {
                context.fireUserEventTriggered(event);
            }
        }

        /** Tunnels end here, too, where Vert.x tells of them in another way. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            context.fireChannelInactive();
            loop.closed(ClientConnection.this);
        }
    }

    /** Sees messages: a head ends the wait for it, and a last content may carry trailers. */
    private final class AfterDecoder extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (message instanceof HttpRequest request) {
                refuseOtherVersions(request);
                decoded++;
                headBegun = false;
                readingHead = false;
            } else if (message instanceof LastHttpContent last
                    && message != LastHttpContent.EMPTY_LAST_CONTENT
                    && !last.trailingHeaders().isEmpty()) {
                trailers.put(decoded - 1, last.trailingHeaders().copy());
            }
            context.fireChannelRead(MemberCodec.onHeap(message));
        }

        /** Vert.x would answer by itself, and in the client's version. */
        private static void refuseOtherVersions(HttpRequest request) {
            HttpVersion version = request.protocolVersion();
            if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
                request.setProtocolVersion(HttpVersion.HTTP_1_0).headers().clear(); // as the decoder does: it closes
                request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("version")));
            }
        }

        /** A broken connection is a closed one: Vert.x stumbles over the pipelined requests that it has not begun. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                var unused = context.close();
            } else {
                context.fireExceptionCaught(cause);
            }
        }
    }
}
