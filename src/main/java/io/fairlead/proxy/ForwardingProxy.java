package io.fairlead.proxy;

import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyInterceptor;

/**
 * The forwarding engine, behind the interface by which vertx-web-proxy mounts one. Which member a request goes to is
 * decided by routes and pools; an origin or interceptor of the library's kind has no place here.
 *
 * <p>Confined to its event loop.
 */
final class ForwardingProxy implements HttpProxy {
    private final Loop loop;

    ForwardingProxy(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void handle(HttpServerRequest request) {
        new Exchange(loop, request).begin();
    }

    /** Answers what the decoder could not make a request of; the connection closes after it. */
    Handler<HttpServerRequest> undecodable() {
        return request -> {
            Throwable cause = request.decoderResult().cause();
            Refusal refusal = Refusal.malformed("The request is not valid HTTP/1.1.");
            if (cause instanceof TooLongHttpHeaderException) {
                refusal = new Refusal(431, Why.TOO_LARGE, "The request's headers are over the limit.");
            } else if (cause instanceof TooLongHttpLineException) {
                refusal = new Refusal(414, Why.TOO_LARGE, "The request line is over the limit.");
            }
            String requestId = loop.requestIds().next();
            String body = refusal.write(request, requestId);
            if (cause instanceof PrematureChannelClosureException) {
                Account.cutOff(loop); // nobody is there to be answered
            } else {
                Account.unread(loop, ClientConnection.of(request.connection()).peer(), refusal, requestId);
            }
            request.response().headers().set("Connection", "close");
            request.response().end(Buffer.buffer(body));
        };
    }

    @Override
    public HttpProxy origin(OriginRequestProvider provider) {
        throw new UnsupportedOperationException("origin: set (expected: routes and pools decide)");
    }

    @Override
    public HttpProxy addInterceptor(ProxyInterceptor interceptor, boolean supportsWebSocketUpgrade) {
        throw new UnsupportedOperationException("interceptor: set (expected: routes decide)");
    }
}
