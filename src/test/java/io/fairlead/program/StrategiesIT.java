package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.balance.StrategyProvider;
import io.fairlead.settings.Providers;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every strategy by its name in the file, before three nginx, driven by wrk, its shares read from the API. What the shares are to
 * be is proven elsewhere; here it is shown that the program does what its strategies choose.
 */
class StrategiesIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final List<Nginx> members = new ArrayList<>();

    @AfterEach
    void stop() {
        members.forEach(Nginx::close);
    }

    @Test
    void eachStrategySpreadsRequestsAsItIsSupposedTo() throws Exception {
        assumeTrue(Nginx.isInstalled() && Wrk.isInstalled(), "nginx and wrk are needed");
        for (int i = 0; i < 3; i++) {
            members.add(Nginx.start(directory));
        }
        List<String> strategies =
                List.copyOf(Providers.of(StrategyProvider.class).keySet());
        Path config = Files.writeString(directory.resolve("config.toml"), config(strategies));
        Map<String, List<Long>> requests = new LinkedHashMap<>();
        try (Daemon fairlead = Daemon.fairlead("run", "-c", config.toString())) {
            Serving serving = Serving.of(fairlead);
            for (String strategy : strategies) {
                try (Wrk wrk = Wrk.start(serving.url() + strategy, 2)) {
                    long sent = wrk.requestsWithoutErrors();
                    requests.put(strategy, awaitRequests(serving, strategy, sent));
                }
            }
            fairlead.signal("TERM");
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
            assertThat(fairlead.output()).doesNotContain("LEAK", "ERROR", "Exception");
        }
        assertThat(requests).hasSize(7);
        for (String even : List.of("round-robin", "least-connections", "power-of-two", "peak-ewma", "random")) {
            // nginx are alike, but the machine may hold one up for a while
            assertThat(least(requests, even)).as("%s", requests).isGreaterThan(0.2);
        }
        List<Long> inTurn = Objects.requireNonNull(requests.get("round-robin"));
        assertThat(Math.abs(inTurn.get(0) - inTurn.get(2))).isLessThanOrEqualTo(1);
        assertThat(requests.get("consistent-hash"))
                .as("all come from one address")
                .filteredOn(count -> count > 0)
                .hasSize(1);
        List<Long> inOrder = Objects.requireNonNull(requests.get("first"));
        assertThat(inOrder.get(0)).isPositive();
        assertThat(inOrder.subList(1, 3)).containsExactly(0L, 0L);
    }

    private static double least(Map<String, List<Long>> requests, String strategy) {
        List<Long> counts = Objects.requireNonNull(requests.get(strategy));
        long all = counts.stream().mapToLong(Long::longValue).sum();
        return counts.stream().mapToLong(Long::longValue).min().orElse(0) / (double) all;
    }

    /** Waits until as many are counted, and tells how many each member got. */
    private static List<Long> awaitRequests(Serving serving, String pool, long atLeast) {
        List<Long> counts = new ArrayList<>();
        Daemon.await(atLeast + " requests to " + pool, () -> {
            counts.clear();
            Replicas.members(read(serving, pool))
                    .map(member -> member.getLong("requests_total"))
                    .forEach(counts::add);
            return counts.stream().mapToLong(Long::longValue).sum() >= atLeast;
        });
        return List.copyOf(counts);
    }

    private static JsonObject read(Serving serving, String pool) {
        URI uri = URI.create(serving.page() + "api/v1/pools/" + pool);
        return new JsonObject(HttpClient.newHttpClient()
                .sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .join()
                .body());
    }

    private String config(List<String> strategies) {
        Object[] addresses = members.stream().map(Nginx::address).toArray();
        String three = "[\"%s\", \"%s\", \"%s\"]".formatted(addresses);
        StringBuilder text = new StringBuilder("""
                [admin]
                address = "127.0.0.1:0"
                [shutdown]
                grace = "1s"
                [[listeners]]
                address = "127.0.0.1:0"
                """);
        for (String strategy : strategies) {
            text.append("""
                    [[routes]]
                    path = "/%1$s"
                    pool = "%1$s"
                    [pools.%1$s]
                    strategy = "%1$s"
                    members = %2$s
                    """.formatted(strategy, three));
        }
        return text.toString();
    }
}
