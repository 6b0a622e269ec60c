package io.fairlead.health.probe;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientConnection;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpConnectOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Asks a member over HTTP/1.1 and judges by the status. Every probe has a connection of its own, so that a listener which
 * refuses is noticed while older connections still work; it knows nothing of the connections of the traffic.
 *
 * <p>The head of the answer decides. Its body is read and dropped, 64 KiB at most and no longer than the time-out, so that
 * a member which sends a short one does not see its connection reset; then the connection is closed.
 *
 * <p>Control context only.
 */
public final class HttpProbe implements Probe {
    private static final int LONGEST_BODY = 64 << 10;
    private static final int LONGEST_HEAD = 16 << 10;

    private final HttpProbeOptions options;
    private final ProbeProvider.Environment environment;
    private final HttpClientAgent client;

    HttpProbe(HttpProbeOptions options, ProbeProvider.Environment environment) {
        this.options = options;
        this.environment = environment;
        HttpClientOptions plain = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_1_1)
                .setKeepAlive(false)
                .setConnectTimeout(Math.toIntExact(environment.timeout().toMillis()))
                .setMaxHeaderSize(LONGEST_HEAD);
        // no cleaner: nothing is pooled
        this.client = environment.vertx().createHttpClient(plain, new PoolOptions().setCleanerPeriod(0));
    }

    @Override
    public Future<ProbeResult> probe(Member member) {
        String ip = Objects.requireNonNull(member.ip(), "unresolved");
        int port = options.port() == 0 ? member.address().port() : options.port();
        return new Asking(request(member)).start(SocketAddress.inetSocketAddress(port, ip));
    }

    @Override
    public void close() {
        client.close();
    }

    private RequestOptions request(Member member) {
        RequestOptions request = new RequestOptions()
                .setMethod(HttpMethod.valueOf(options.method()))
                .setURI(options.path())
                .putHeader("Host", options.host().isEmpty() ? member.address().toString() : options.host())
                .putHeader("User-Agent", "fairlead-probe");
        options.headers().forEach(request::putHeader);
        return request;
    }

    /** One probe, from connecting to closing. */
    private final class Asking {
        private final RequestOptions request;
        private final Promise<ProbeResult> promise = Promise.promise();
        private final long startedAt = environment.ticker().getAsLong();
        private ProbeResult result = FailureWords.late(environment.timeout());
        private @Nullable HttpClientConnection connection;
        private long timer;
        private long bodyLength;
        private boolean over;

        Asking(RequestOptions request) {
            this.request = request;
        }

        Future<ProbeResult> start(SocketAddress server) {
            Future<HttpClientConnection> connecting = client.connect(new HttpConnectOptions().setServer(server));
            timer = environment.vertx().setTimer(environment.timeout().toMillis(), id -> end());
            connecting.onComplete(
                    this::connected, cause -> failed(FailureWords.connecting(cause, environment.timeout())));
            return promise.future();
        }

        private void connected(HttpClientConnection made) {
            if (over) {
                made.close();
                return;
            }
            connection = made;
            made.exceptionHandler(
                    cause -> {}); // the request is told too; without a handler each is an error in the debug log
            made.request(request)
                    .compose(HttpClientRequest::send)
                    .onComplete(this::answered, cause -> failed(FailureWords.asking(cause)));
        }

        private void answered(HttpClientResponse response) {
            if (over) {
                return;
            }
            result = judge(response.statusCode());
            response.handler(this::drop).exceptionHandler(cause -> end()).endHandler(v -> end());
        }

        private ProbeResult judge(int status) {
            if (options.expects(status)) {
                double millis = (environment.ticker().getAsLong() - startedAt) / 1e6;
                return new ProbeResult.Passed(String.format(Locale.ROOT, "%d in %.1f ms", status, millis));
            }
            return new ProbeResult.Failed(
                    ProbeResult.Reason.STATUS, "status " + status + " (expected: " + options.expected() + ")");
        }

        private void drop(Buffer piece) {
            bodyLength += piece.length();
            if (bodyLength >= LONGEST_BODY) {
                end();
            }
        }

        private void failed(ProbeResult.Failed failure) {
            if (!over) {
                result = failure;
                end();
            }
        }

        private void end() {
            if (over) {
                return;
            }
            over = true;
            environment.vertx().cancelTimer(timer);
            if (connection != null) {
                connection.close();
            }
            promise.complete(result);
        }
    }

    /** {@code type = "http"}. */
    public static final class Named implements ProbeProvider<HttpProbeOptions> {
        @Override
        public String name() {
            return "http";
        }

        @Override
        public Class<HttpProbeOptions> optionsType() {
            return HttpProbeOptions.class;
        }

        @Override
        public Probe create(HttpProbeOptions options, Environment environment) {
            return new HttpProbe(options, environment);
        }
    }
}
