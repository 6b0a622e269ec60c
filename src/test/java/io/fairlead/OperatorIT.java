package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.admin.metrics.Promtool;
import io.fairlead.config.ConfigReader;
import io.fairlead.network.Transport;
import io.fairlead.program.Daemon;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator orders of a running Fairlead, and what is told of its traffic. */
@Timeout(60)
class OperatorIT {
    private static final String SECRET = "s3cr3t-9f2";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<HttpServer> members = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private LoadBalancer fairlead;

    @BeforeEach
    void start() throws Exception {
        for (String name : List.of("blue", "green")) {
            HttpServer member = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            member.createContext("/", exchange -> {
                byte[] body = name.getBytes(StandardCharsets.UTF_8);
                int status = exchange.getRequestURI().getPath().endsWith("/broken") ? 500 : 200;
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            member.start();
            members.add(member);
        }
        String toml = """
                [admin]
                address = "127.0.0.1:0"
                token = "%s-token"
                [[listeners]]
                name = "web"
                address = "127.0.0.1:0"
                [[routes]]
                path = "/shop"
                pool = "app"
                [pools.app]
                members = [{ address = "127.0.0.1:%d", id = "blue" }, { address = "127.0.0.1:%d", id = "green" }]
                [pools.app.sticky]
                cookie = "home"
                secret = "%s-sticky-and-so-long-that-it-will-do"
                [pools.app.health]
                path = "/health?key=%s-query"
                headers = { Authorization = "%s-header" }
                """.formatted(SECRET, port(0), port(1), SECRET, SECRET, SECRET);
        fairlead = await(LoadBalancer.start(
                new ConfigReader(Map.of()).readWithWarnings("test.toml", toml, Path.of(".")),
                "test.toml",
                Transport.AUTO));
        Daemon.await("ready", () -> admin("/readyz").statusCode() == 200);
    }

    @AfterEach
    void stop() throws Exception {
        if (fairlead != null) {
            await(fairlead.stop(Duration.ZERO, Duration.ZERO));
        }
        members.forEach(member -> member.stop(0));
    }

    @Test
    void aDrainedMemberKeepsItsSessionsAndGetsNoOthers() throws Exception {
        HttpResponse<String> first = ask("/shop");
        String home = first.body();
        String cookie = first.headers().firstValue("set-cookie").orElseThrow().split(";", -1)[0];

        assertThat(order(home, "{\"admin\":\"drain\"}").statusCode()).isEqualTo(200);

        for (int i = 0; i < 6; i++) {
            assertThat(ask("/shop").body()).isNotEqualTo(home);
            assertThat(ask("/shop", "cookie", cookie).body()).isEqualTo(home);
        }
        order(home, "{\"admin\":\"maintenance\"}");
        assertThat(ask("/shop", "cookie", cookie).body()).isNotEqualTo(home);
        order(home, "{\"admin\":\"ready\"}");
        Daemon.await(
                "it was probed anew",
                () -> new JsonObject(admin("/api/v1/pools/app/members/" + home).body())
                        .getString("health")
                        .equals("up"));
        assertThat(ask("/shop", "cookie", cookie).body()).isEqualTo(home);
    }

    @Test
    void anOrderedWeightDividesTheRequests() throws Exception {
        order("blue", "{\"weight\":3}");
        int blue = 0;
        for (int i = 0; i < 40; i++) {
            blue += ask("/shop").body().equals("blue") ? 1 : 0;
        }
        assertThat(blue).isEqualTo(30);
    }

    @Test
    void whatClientsSendIsCountedAndNeverRepeated() throws Exception {
        for (int i = 0; i < 5; i++) {
            ask("/shop/cart-of-jane?token=" + SECRET, "authorization", SECRET, "x-" + SECRET, SECRET);
        }
        ask("/shop/broken");
        ask("/nowhere/" + SECRET);
        Daemon.await("all requests counted", () -> requests() == 7);

        String metrics = admin("/metrics").body();

        assertThat(metrics)
                .contains("fairlead_requests_total{code=\"200\",listener=\"web\",route=\"/shop\"} 5.0\n")
                .contains("fairlead_requests_total{code=\"500\",listener=\"web\",route=\"/shop\"} 1.0\n")
                .contains("fairlead_requests_total{code=\"404\",listener=\"web\",route=\"none\"} 1.0\n")
                .contains("fairlead_request_duration_seconds_count{route=\"/shop\"} 6\n")
                .doesNotContain("jane", "broken", "nowhere");
        assertThat(Promtool.complaints(metrics)).isEmpty();
        for (String path : List.of("/metrics", "/api/v1/status", "/?format=csv", "/api/v1/events", "/api/v1/history")) {
            assertThat(admin(path).body()).as(path).doesNotContain(SECRET, "jane");
        }
        for (String part : List.of("", "/health", "/latency", "/history")) {
            assertThat(admin("/api/v1/pools/app/members/blue" + part).body())
                    .as(part)
                    .doesNotContain(SECRET, "jane");
        }
    }

    private long requests() {
        return status().getJsonArray("routes").stream()
                .map(JsonObject.class::cast)
                .mapToLong(route -> route.getLong("requests_total"))
                .sum();
    }

    private int port(int member) {
        return members.get(member).getAddress().getPort();
    }

    private JsonObject status() {
        return new JsonObject(admin("/api/v1/status").body());
    }

    private HttpResponse<String> admin(String path) {
        try {
            return send(HttpRequest.newBuilder(URI.create("http://" + fairlead.adminAddress() + path)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> order(String member, String body) throws Exception {
        URI uri = URI.create("http://" + fairlead.adminAddress() + "/api/v1/pools/app/members/" + member);
        return send(HttpRequest.newBuilder(uri)
                .header("content-type", "application/json")
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> ask(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://" + fairlead.listeners().get(0).address() + path));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
