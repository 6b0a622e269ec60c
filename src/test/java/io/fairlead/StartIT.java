package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.ConfigReader;
import io.fairlead.config.Reading;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.network.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the load balancer starts: what it waits for, and what it makes of members that have names. */
class StartIT {
    private final Vertx vertx = Vertx.vertx();
    private @Nullable LoadBalancer balancer;

    @AfterEach
    void stop() throws Exception {
        if (balancer != null) {
            await(balancer.stop(Duration.ZERO, Duration.ofSeconds(1)));
        }
        await(vertx.close());
    }

    @Test
    void listensWhenItIsKnownWhoIsWell() throws Exception {
        try (ServerSocket member = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            CompletableFuture<LoadBalancer> start = start(member.getLocalPort(), "[pools.app.health]");
            try (Socket probe = member.accept()) {
                assertThat(start).isNotDone();
                probe.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                balancer = start.get(20, TimeUnit.SECONDS);
                assertThat(balancer.pool("app").canServe()).isTrue();
            }
        }
    }

    @Test
    void aMemberThatHangsDoesNotHoldUpTheStartForEver() throws Exception {
        try (ServerSocket member = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            balancer = start(member.getLocalPort(), "[pools.app.health]\ninterval = \"1m\"\ntimeout = \"1m\"")
                    .get(20, TimeUnit.SECONDS);
            assertThat(balancer.pool("app").canServe()).isFalse();
            assertThat(get().statusCode()).isEqualTo(503);
        }
    }

    @Test
    void aMembersNameIsResolvedBeforeTheFirstRequest() throws Exception {
        int port = await(vertx.createHttpServer()
                        .requestHandler(request -> request.response().end("at home"))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        balancer = start("localhost:" + port, "").get(20, TimeUnit.SECONDS);
        assertThat(get().body()).isEqualTo("at home");
    }

    @Test
    void aNameThatLeadsNowhereIsSaidAndGetsNothing() throws Exception {
        balancer = start("no-such-host.invalid:9001", "").get(20, TimeUnit.SECONDS);
        HttpResponse<String> answer = get();
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("\"why\":\"no-member-available\"");
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        Health health = await(onControl());
        assertThat(health.state()).isEqualTo(HealthState.UNRESOLVED);
        assertThat(health.reason()).contains("host name");
    }

    /** The only member's health, as the pool has it. */
    private Future<Health> onControl() {
        LoadBalancer running = running();
        return running.onControl(
                () -> Future.succeededFuture(running.pool("app").status().get(0).health()));
    }

    private CompletableFuture<LoadBalancer> start(int memberPort, String tables) throws Exception {
        return start("127.0.0.1:" + memberPort, tables);
    }

    private static CompletableFuture<LoadBalancer> start(String member, String tables) throws Exception {
        Reading reading =
                new ConfigReader(Map.of()).readWithWarnings("start.toml", """
                        [admin]
                        address = "127.0.0.1:0"
                        [[listeners]]
                        address = "127.0.0.1:0"
                        [pools.app]
                        members = ["%s"]
                        %s
                        """.formatted(member, tables), Path.of("."));
        return LoadBalancer.start(reading, "start.toml", Transport.AUTO)
                .toCompletionStage()
                .toCompletableFuture();
    }

    private HttpResponse<String> get() throws Exception {
        String address = running().listeners().get(0).address().toString();
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + "/")).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    private LoadBalancer running() {
        if (balancer == null) {
            throw new IllegalStateException("not started");
        }
        return balancer;
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }
}
