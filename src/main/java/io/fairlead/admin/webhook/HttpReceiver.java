package io.fairlead.admin.webhook;

import io.fairlead.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages to a URL, each over a connection of its own, and judges by the status. Nothing that it says of a failure contains
 * any part of the URL.
 *
 * <p>Control context only.
 */
final class HttpReceiver implements Receiver {
    private static final int LONGEST_ANSWER = 64 << 10;

    private final Vertx vertx;
    private final Secret url;
    private final Duration timeout;
    private final HttpClient client;

    /**
     * A receiver.
     *
     * @param url of http or https
     * @param timeout of one message, from looking up the host's name to the end of the answer
     */
    HttpReceiver(Vertx vertx, Secret url, Duration timeout) {
        this.vertx = vertx;
        this.url = url;
        this.timeout = timeout;
        HttpClientOptions options = new HttpClientOptions()
                .setSsl(url.value().regionMatches(true, 0, "https:", 0, 6))
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                .setMaxHeaderSize(LONGEST_ANSWER);
        this.client = vertx.createHttpClient(options, new PoolOptions().setCleanerPeriod(0));
    }

    @Override
    public Future<Reply> send(Buffer message) {
        return new Sending().start(message);
    }

    @Override
    public void close() {
        client.close();
    }

    private final class Sending {
        private final Promise<Reply> promise = Promise.promise();
        private Reply reply = Reply.failed("no answer within " + timeout.toSeconds() + " s");
        private @Nullable HttpClientRequest request;
        private long timer;
        private long length;

        Future<Reply> start(Buffer message) {
            timer = vertx.setTimer(timeout.toMillis(), id -> end());
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setAbsoluteURI(url.value())
                    .putHeader("content-type", "application/json")
                    .putHeader("user-agent", "fairlead");
            client.request(options).onComplete(made -> ask(made, message), this::failed);
            return promise.future();
        }

        private void ask(HttpClientRequest made, Buffer message) {
            request = made;
            if (promise.future().isComplete()) {
                made.reset();
                return;
            }
            made.send(message).onComplete(this::answered, this::failed);
        }

        private void answered(HttpClientResponse response) {
            reply = Reply.of(response.statusCode());
            response.handler(this::drop).exceptionHandler(cause -> end()).endHandler(v -> end());
        }

        private void drop(Buffer piece) {
            length += piece.length();
            if (length > LONGEST_ANSWER) {
                end();
            }
        }

        private void failed(Throwable cause) {
            if (!promise.future().isComplete()) {
                reply = Reply.failed(words(cause));
                end();
            }
        }

        private void end() {
            vertx.cancelTimer(timer);
            if (promise.tryComplete(reply) && request != null) {
                request.reset(); // nothing if all has come
            }
        }
    }

    /** The kind of failure: messages of exceptions have addresses in them. */
    private static String words(Throwable cause) {
        for (Throwable each = cause; each != null; each = each.getCause()) {
            if (each instanceof UnknownHostException) {
                return "its host name leads nowhere";
            }
            if (each instanceof SSLException) {
                return "TLS: its certificate or the handshake was refused";
            }
            if (String.valueOf(each.getMessage()).contains("refused")) {
                return "connection refused";
            }
        }
        return "no answer (" + cause.getClass().getSimpleName() + ")";
    }
}
