package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The packaged Fairlead before three nginx that it probes twice a second. */
final class Replicas implements AutoCloseable {
    private static final String CONFIG = """
            [admin]
            address = "127.0.0.1:0"
            [shutdown]
            grace = "1s"
            [[listeners]]
            address = "127.0.0.1:0"
            [pools.app]
            members = ["%s", "%s", "%s"]
            [pools.app.health]
            path = "/"
            interval = "500ms"
            timeout = "500ms"
            down_interval = "500ms"
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Nginx> members = new ArrayList<>();
    private final Daemon fairlead;
    private final Serving serving;

    /** Starts all, and waits until all members serve. The test is skipped where there is no nginx. */
    Replicas(Path directory) throws Exception {
        assumeTrue(Nginx.isInstalled(), "nginx is needed");
        for (int i = 0; i < 3; i++) {
            members.add(Nginx.start(directory));
        }
        Object[] addresses = members.stream().map(Nginx::address).toArray();
        Path config = Files.writeString(directory.resolve("config.toml"), CONFIG.formatted(addresses));
        fairlead = Daemon.fairlead("run", "-c", config.toString());
        serving = Serving.of(fairlead);
        fairlead.awaitLine(line -> line.contains("(3 of 3 members serve)"));
    }

    Daemon fairlead() {
        return fairlead;
    }

    Nginx member(int index) {
        return members.get(index);
    }

    /** Where requests go. */
    String url() {
        return serving.url();
    }

    /** The status page. */
    String page() {
        return serving.page();
    }

    /** The pool as the API shows it now. */
    JsonObject pool() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(page() + "api/v1/pools/app")).build();
        return new JsonObject(http.send(request, BodyHandlers.ofString()).body());
    }

    /** The members in what the API shows. */
    static Stream<JsonObject> members(JsonObject pool) {
        return IntStream.range(0, pool.getJsonArray("members").size())
                .mapToObj(pool.getJsonArray("members")::getJsonObject);
    }

    /** One member in what the API shows. */
    static JsonObject member(JsonObject pool, Nginx which) {
        return members(pool)
                .filter(member -> member.getString("id").equals(which.address()))
                .findFirst()
                .orElseThrow();
    }

    static int inFlight(JsonObject pool) {
        return members(pool).mapToInt(member -> member.getInteger("in_flight")).sum();
    }

    void awaitPool(String what, Predicate<JsonObject> condition) {
        Daemon.await(what, () -> {
            try {
                return condition.test(pool());
            } catch (Exception e) {
                return false;
            }
        });
    }

    /** Stops gently, and asserts that nothing was left in flight, leaked or complained of. */
    @Override
    public void close() throws Exception {
        try {
            awaitPool("nothing in flight", pool -> inFlight(pool) == 0);
            fairlead.signal("TERM");
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
            assertThat(fairlead.output()).doesNotContain("LEAK", "ERROR", "Exception");
        } finally {
            fairlead.close();
            members.forEach(Nginx::close);
        }
    }
}
