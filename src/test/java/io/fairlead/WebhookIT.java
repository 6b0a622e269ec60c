package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import io.fairlead.config.ConfigReader;
import io.fairlead.member.AdminState;
import io.fairlead.network.Transport;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.slf4j.LoggerFactory;

/** A running Fairlead tells a receiver what happens, and nobody else where that is. */
@Timeout(60)
class WebhookIT {
    private static final String SECRET = "T0-hidden-B1";

    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private final BlockingQueue<JsonObject> messages = new LinkedBlockingQueue<>();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final Logger own = (Logger) LoggerFactory.getLogger("io.fairlead");

    @SuppressWarnings("NullAway.Init")
    private HttpServer receiver;

    @BeforeEach
    void listen() throws Exception {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/" + SECRET, exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Integer status = statuses.poll();
            exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            exchange.close();
            messages.add(new JsonObject(new String(body, StandardCharsets.UTF_8)));
        });
        receiver.start();
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        own.setLevel(Level.INFO);
    }

    @AfterEach
    void close() {
        root.detachAppender(log);
        own.setLevel(null);
        receiver.stop(0);
    }

    @Test
    void eachTransitionIsPostedAndTriedAgainAndTheAddressStaysHidden() throws Exception {
        statuses.addAll(List.of(500, 429));
        LoadBalancer fairlead = start(receiver.getAddress().getPort());

        JsonObject first = take();
        assertThat(take()).as("the same after a 500").isEqualTo(first);
        assertThat(take()).as("and again after a 429").isEqualTo(first);
        assertThat(first.getString("member")).isEqualTo("gone");
        assertThat(first.getString("from")).isEqualTo("checking");
        assertThat(first.getString("to")).isEqualTo("down");
        assertThat(first.getString("text"))
                .startsWith("Fairlead ")
                .contains("member app/gone is out: the first probe failed: connection refused (0 of 1 members serve)");

        assertThat(get(fairlead, "/api/v1/status")).doesNotContain(SECRET);
        assertThat(get(fairlead, "/api/v1/events")).doesNotContain(SECRET).contains("app/gone is out");
        stop(fairlead);
        assertThat(logged())
                .noneMatch(line -> line.contains(SECRET)
                        || line.contains("127.0.0.1:" + receiver.getAddress().getPort()));
        assertThat(logged())
                .containsOnlyOnce("the webhook fails: it answers 500; this is said again only when it works");
        assertThat(logged())
                .filteredOn(line -> line.contains("the webhook works again"))
                .hasSize(1);
    }

    @Test
    void whatIsHeldIsSentAtTheEnd() throws Exception {
        LoadBalancer fairlead = start(receiver.getAddress().getPort());
        assertThat(take().getString("to")).isEqualTo("down");
        for (AdminState order : List.of(AdminState.DRAIN, AdminState.READY, AdminState.MAINTENANCE)) {
            await(fairlead.onControl(() -> {
                fairlead.pool("app").order(fairlead.pool("app").members().get(0), order);
                return Future.succeededFuture();
            }));
        }
        assertThat(take().getString("to")).isEqualTo("drain");
        stop(fairlead);
        JsonObject last = take();
        assertThat(last.getString("to")).isEqualTo("maintenance");
        assertThat(last.getInteger("suppressed")).isEqualTo(1);
    }

    @Test
    void aReceiverThatIsNotThereDisturbsNothing() throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        LoadBalancer fairlead = start(nobody);
        assertThat(get(fairlead, "/api/v1/status")).contains("\"health\":\"down\"");
        stop(fairlead);
        assertThat(logged()).contains("the webhook fails: connection refused; this is said again only when it works");
        assertThat(logged()).noneMatch(line -> line.contains(SECRET));
    }

    private LoadBalancer start(int port) throws Exception {
        int refusing;
        try (ServerSocket free = new ServerSocket(0)) {
            refusing = free.getLocalPort();
        }
        String toml = """
                [admin]
                address = "127.0.0.1:0"
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = [{ address = "127.0.0.1:%d", id = "gone" }]
                [pools.app.health]
                [events]
                webhook = "http://127.0.0.1:%d/%s"
                """.formatted(refusing, port, SECRET);
        return await(LoadBalancer.start(
                new ConfigReader(Map.of()).readWithWarnings("test.toml", toml, Path.of(".")),
                "test.toml",
                Transport.AUTO));
    }

    private static void stop(LoadBalancer fairlead) throws Exception {
        await(fairlead.stop(Duration.ZERO, Duration.ZERO));
    }

    private JsonObject take() throws InterruptedException {
        JsonObject message = messages.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        return message;
    }

    private List<String> logged() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static String get(LoadBalancer fairlead, String path) throws Exception {
        URI uri = URI.create("http://" + fairlead.adminAddress() + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
