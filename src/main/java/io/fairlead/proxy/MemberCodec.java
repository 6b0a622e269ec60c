package io.fairlead.proxy;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a connection to a member, what Vert.x leaves out: request trailers go out, and interim answers other than 100, 101 and
 * 103 are skipped, which Vert.x would take for the final one (RFC 9110, section 15.2).
 *
 * <p>Confined to its event loop.
 */
final class MemberCodec extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MemberCodec.class);

    private @Nullable HttpHeaders trailers;
    private boolean skipping;

    /** Puts one on a new connection. */
    static void install(HttpConnection connection) {
        ((ConnectionBase) connection).channel().pipeline().addBefore("handler", "member", new MemberCodec());
        // Said where it matters, by the attempt; on an idle connection it is no error.
        connection.exceptionHandler(t -> LOG.debug("connection to {}: {}", connection.remoteAddress(), t.getMessage()));
    }

    /** These go out with the end of the request that is being sent. */
    static void sendTrailers(HttpConnection connection, HttpHeaders trailers) {
        MemberCodec codec = ((ConnectionBase) connection).channel().pipeline().get(MemberCodec.class);
        if (codec != null) {
            codec.trailers = trailers;
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        Object out = message;
        if (trailers != null && message instanceof LastHttpContent last) {
            LastHttpContent withTrailers = new DefaultLastHttpContent(last.content());
            withTrailers.trailingHeaders().set(trailers);
            trailers = null;
            out = withTrailers;
        }
        context.write(out, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            int status = response.status().code();
            skipping = status >= 102 && status < 200 && status != 103;
        }
        if (skipping) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(message);
        }
    }
}
