package io.fairlead.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AttributeKey;
import io.netty.util.ReferenceCountUtil;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * On a connection to a member, what Vert.x leaves out: request trailers go out, interim answers other than 100, 101 and
 * 103 are skipped, which Vert.x would take for the final one (RFC 9110, section 15.2), and answers that could not be passed
 * on as they are meant are refused.
 *
 * <p>Confined to its event loop.
 */
final class MemberCodec extends ChannelDuplexHandler {
    private static final Logger LOG = LoggerFactory.getLogger(MemberCodec.class);

    private static final AttributeKey<MemberCodec> KEY = AttributeKey.valueOf(MemberCodec.class, "member");

    private boolean used;
    private @Nullable HttpHeaders trailers;
    private boolean skipping;

    /** Puts one on a new connection. */
    static void install(HttpConnection connection) {
        Channel channel = ((ConnectionBase) connection).channel();
        MemberCodec codec = new MemberCodec();
        channel.attr(KEY).set(codec);
        channel.pipeline().addBefore("handler", "member", codec);
        // Said where it matters, by the attempt; on an idle connection it is no error.
        connection.exceptionHandler(t -> LOG.debug("connection to {}: {}", connection.remoteAddress(), t.getMessage()));
    }

    /** These go out with the end of the request that is being sent. */
    static void sendTrailers(HttpConnection connection, HttpHeaders trailers) {
        MemberCodec codec = on(connection);
        if (codec != null) {
            codec.trailers = trailers;
        }
    }

    /** Whether nothing was sent on it before; to be asked once for each request. */
    static boolean isFirstUse(HttpConnection connection) {
        MemberCodec codec = on(connection);
        if (codec == null || codec.used) {
            return false;
        }
        codec.used = true;
        return true;
    }

    private static @Nullable MemberCodec on(HttpConnection connection) {
        return ((ConnectionBase) connection).channel().attr(KEY).get();
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
        var unused = context.write(out, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpResponse response) {
            int status = response.status().code();
            if (response.decoderResult().isSuccess() && !isUnderstood(response)) {
                response.setDecoderResult(DecoderResult.failure(new IllegalArgumentException("status or coding")));
            }
            skipping = status >= 102 && status < 200 && status != 103;
        }
        if (skipping) {
            skipping = !(message instanceof LastHttpContent);
            ReferenceCountUtil.release(message);
        } else {
            context.fireChannelRead(onHeap(message));
        }
    }

    /** A status of three digits, and no coding but chunked: what else a body may be coded in would be lost on the way. */
    private static boolean isUnderstood(HttpResponse response) {
        int status = response.status().code();
        List<String> codings = response.headers().getAll("Transfer-Encoding");
        return status >= 100
                && status <= 999
                && (codings.isEmpty() || (codings.size() == 1 && codings.get(0).equalsIgnoreCase("chunked")));
    }

    /**
     * The same content in memory that needs no release: Vert.x forgets to release what it has queued for a paused reader when
     * the connection closes. It would make this very copy a step later.
     */
    static Object onHeap(Object message) {
        if (message instanceof HttpContent content && isPooled(content.content())) {
            HttpContent copy = content.replace(Unpooled.copiedBuffer(content.content()));
            content.release();
            return copy;
        }
        if (message instanceof ByteBuf bytes && isPooled(bytes)) {
            ByteBuf copy = Unpooled.copiedBuffer(bytes);
            bytes.release();
            return copy;
        }
        return message;
    }

    private static boolean isPooled(ByteBuf bytes) {
        return bytes.isReadable() && !(bytes.alloc() instanceof UnpooledByteBufAllocator);
    }
}
