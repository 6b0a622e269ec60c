package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Refusal;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.pool.MemberStatus;
import io.fairlead.program.Daemon;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A running Fairlead whose configuration the test changes, with app instances a to d. */
final class ReloadFixture implements AfterEachCallback {
    static final String PROGRAM = """
            [admin]
            address = "127.0.0.1:0"
            [[listeners]]
            name = "web"
            address = "127.0.0.1:0"
            """;

    final Apps apps = new Apps("a", "b", "c", "d");
    final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final ChangingConfig config = new ChangingConfig("");
    private final Network network = Network.on(Transport.AUTO);
    private @Nullable LoadBalancer running;

    ReloadFixture() throws Exception {}

    /** Starts it, and waits until every member is known; {@code @a} stands for the address of a. */
    LoadBalancer start(String toml) throws Exception {
        config.set(resolve(toml));
        LoadBalancer fairlead = Apps.await(LoadBalancer.start(config, config.read(), network, System.out));
        running = fairlead;
        return fairlead;
    }

    String resolve(String toml) {
        String text = toml;
        for (String name : List.of("a", "b", "c", "d")) {
            text = text.replace("@" + name, apps.address(name));
        }
        return text;
    }

    /** A pool of these members with a health check that notices quickly; ids are the names. */
    static String pool(String name, String members) {
        StringBuilder list = new StringBuilder();
        for (String member : members.split(" ", -1)) {
            list.append("{ address = \"@")
                    .append(member, 0, 1)
                    .append("\", id = \"")
                    .append(member, 0, 1)
                    .append('"');
            if (member.length() > 1) {
                list.append(", weight = ").append(member.substring(2));
            }
            list.append(" }, ");
        }
        return "[pools." + name + "]\nmembers = [" + list + "]\n[pools." + name + ".health]\n"
                + "interval = \"100ms\"\nfast_interval = \"50ms\"\ndown_interval = \"100ms\"\ntimeout = \"2s\"\n"
                + "jitter = \"0%\"\n";
    }

    /** Has this be what the next reload reads. */
    void write(String toml) {
        config.set(resolve(toml));
    }

    /** Takes this configuration; what was changed. */
    Plan reload(String toml) throws Exception {
        write(toml);
        return Apps.await(fairlead().reload("the test"));
    }

    /** Tries to take this configuration, which is refused; why. */
    List<String> refused(String toml) throws Exception {
        try {
            reload(toml);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                return refusal.problems();
            }
            throw e;
        }
        throw new AssertionError("it was taken");
    }

    LoadBalancer fairlead() {
        return Objects.requireNonNull(running);
    }

    /** Does it on the control context. */
    <T> T onControl(Supplier<T> work) throws Exception {
        return Apps.await(fairlead().onControl(() -> Future.succeededFuture(work.get())));
    }

    /** A member as it stands. */
    MemberStatus member(String pool, String id) throws Exception {
        return onControl(() -> fairlead().pool(pool).status().stream()
                .filter(status -> status.member().id().equals(id))
                .findFirst()
                .orElseThrow());
    }

    /** How many verticles there are: one per listener and event loop. */
    int verticles() {
        return network.vertx().deploymentIDs().size();
    }

    int port() {
        return fairlead().listeners().get(0).address().port();
    }

    HttpResponse<String> get(String path) throws Exception {
        return http.send(request("http://127.0.0.1:" + port() + path), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> begin(String path) {
        return http.sendAsync(request("http://127.0.0.1:" + port() + path), BodyHandlers.ofString());
    }

    /** What so many requests were answered, one after another. */
    List<String> ask(int count) throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            HttpResponse<String> answer = get("/");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            names.add(answer.body());
        }
        return names;
    }

    HttpResponse<String> admin(String path) throws Exception {
        return http.send(request("http://" + fairlead().adminAddress() + path), BodyHandlers.ofString());
    }

    JsonObject status() throws Exception {
        return new JsonObject(admin("/api/v1/status").body());
    }

    private static HttpRequest request(String url) {
        return HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    static void await(String what, BooleanSupplier condition) {
        Daemon.await(what, condition);
    }

    /** Stops it at once. */
    void stop() throws Exception {
        if (running != null) {
            Apps.await(beginStop(Duration.ZERO));
        }
    }

    /** Begins to stop it. */
    Future<Void> beginStop(Duration grace) {
        LoadBalancer last = fairlead();
        running = null;
        return last.stop(Duration.ZERO, grace);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        stop();
        Apps.await(network.vertx().close());
        apps.close();
    }
}
