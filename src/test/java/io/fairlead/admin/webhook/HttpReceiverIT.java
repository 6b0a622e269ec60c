package io.fairlead.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.webhook.Receiver.Reply;
import io.fairlead.settings.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JksOptions;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages over HTTP, to receivers of all kinds. */
@Timeout(60)
class HttpReceiverIT {
    private static final Buffer MESSAGE = Buffer.buffer("{\"text\":\"hello\"}");

    private final Vertx vertx = Vertx.vertx();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aMessageIsPostedAsJson() throws Exception {
        int port = serve(request -> request.body().onSuccess(body -> {
            seen.add(request.method() + " " + request.uri() + " " + request.getHeader("content-type") + " " + body);
            request.response().setStatusCode(204).end();
        }));
        assertThat(send("http://127.0.0.1:" + port + "/T0/B1?key=1", Duration.ofSeconds(20)))
                .isEqualTo(new Reply(true, false, "it answers 204"));
        assertThat(seen).containsExactly("POST /T0/B1?key=1 application/json {\"text\":\"hello\"}");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 400, 404, 500})
    void anyOtherAnswerIsAFailureAndNoRedirectIsFollowed(int status) throws Exception {
        int port = serve(request -> {
            seen.add(request.uri());
            request.response()
                    .setStatusCode(status)
                    .putHeader("location", "/elsewhere")
                    .end("no");
        });
        Reply reply = send("http://127.0.0.1:" + port + "/hook", Duration.ofSeconds(20));
        assertThat(reply.taken()).isFalse();
        assertThat(reply.words()).isEqualTo("it answers " + status);
        assertThat(seen).containsExactly("/hook");
    }

    @Test
    void nobodyThere() throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            assertThat(send("http://127.0.0.1:" + port + "/hook", Duration.ofSeconds(20)))
                    .isEqualTo(Reply.failed("connection refused"));
        }
    }

    @Test
    void aNameThatLeadsNowhere() throws Exception {
        Reply reply = send("http://hidden.invalid/hook", Duration.ofSeconds(20));
        assertThat(reply.worthRetrying()).isTrue();
        assertThat(reply.words()).isEqualTo("its host name leads nowhere");
    }

    @Test
    void oneThatHangs() throws Exception {
        int port = serve(request -> seen.add("asked"));
        assertThat(send("http://127.0.0.1:" + port + "/hook", Duration.ofSeconds(1)))
                .isEqualTo(Reply.failed("no answer within 1 s"));
    }

    @Test
    void anAnswerWithoutEndIsJudgedByItsHead() throws Exception {
        int port = serve(request -> {
            request.response().setChunked(true).write("x".repeat(100_000));
            vertx.setPeriodic(1, id -> request.response().write("x".repeat(100_000)));
        });
        assertThat(send("http://127.0.0.1:" + port + "/hook", Duration.ofSeconds(20))
                        .taken())
                .isTrue();
        int quiet = serve(request -> request.response().setChunked(true).write("x"));
        assertThat(send("http://127.0.0.1:" + quiet + "/hook", Duration.ofSeconds(1))
                        .taken())
                .isTrue();
    }

    @Test
    void aConnectionThatBreaksOrSpeaksSomethingElse() throws Exception {
        int port = serve(request -> request.connection().close());
        Reply reply = send("http://127.0.0.1:" + port + "/hook", Duration.ofSeconds(20));
        assertThat(reply.worthRetrying()).isTrue();
        assertThat(reply.words()).startsWith("no answer (").doesNotContain("127.0.0.1", "hook");
    }

    @Test
    void overTlsTheCertificateIsLookedAt(@TempDir Path directory) throws Exception {
        String store = directory.resolve("own.jks").toString();
        Process keytool = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/keytool",
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-alias",
                        "own",
                        "-keystore",
                        store,
                        "-storetype",
                        "JKS",
                        "-storepass",
                        "changeit",
                        "-keypass",
                        "changeit")
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        HttpServerOptions tls = new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new JksOptions().setPath(store).setPassword("changeit"));
        int port = serve(tls, request -> request.response().end());
        assertThat(send("https://localhost:" + port + "/hook", Duration.ofSeconds(20)))
                .isEqualTo(Reply.failed("TLS: its certificate or the handshake was refused"));
    }

    private int serve(Consumer<HttpServerRequest> handler) throws Exception {
        return serve(new HttpServerOptions(), handler);
    }

    private int serve(HttpServerOptions options, Consumer<HttpServerRequest> handler) throws Exception {
        return vertx.createHttpServer(options)
                .requestHandler(handler::accept)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .actualPort();
    }

    private Reply send(String url, Duration timeout) throws Exception {
        return new HttpReceiver(vertx, new Secret(url), timeout)
                .send(MESSAGE)
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }
}
