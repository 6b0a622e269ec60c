package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.json.JsonArray;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged Fairlead before three nginx, under load from wrk. */
class ReplicasIT {
    private static final long ENOUGH = 100_000;
    private static final Pattern SERVES =
            Pattern.compile("fairlead \\S+ serves on http://(\\S+); status page http://(\\S+)/");

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Nginx> members = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Daemon fairlead;

    private String url = "";
    private String admin = "";

    @BeforeEach
    void startThreeMembersAndFairlead() throws Exception {
        assumeTrue(Nginx.isInstalled() && Wrk.isInstalled(), "nginx and wrk are needed");
        for (int i = 0; i < 3; i++) {
            members.add(Nginx.start(directory));
        }
        Path config = Files.writeString(directory.resolve("config.toml"), """
                [admin]
                address = "127.0.0.1:0"
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = ["%s", "%s", "%s"]
                [pools.app.health]
                path = "/"
                interval = "500ms"
                timeout = "500ms"
                down_interval = "500ms"
                """.formatted(
                        members.stream().map(Nginx::address).toArray()));
        fairlead = Daemon.fairlead("run", "-c", config.toString());
        Matcher line = SERVES.matcher(fairlead.awaitLine(printed -> printed.contains("serves on")));
        assertThat(line.matches()).isTrue();
        url = "http://" + line.group(1) + "/";
        admin = "http://" + line.group(2) + "/";
        fairlead.awaitLine(printed -> printed.contains("(3 of 3 members serve)"));
    }

    @AfterEach
    void stopGently() throws Exception {
        try {
            if (fairlead != null && fairlead.isAlive()) {
                awaitNothingInFlight();
                fairlead.signal("TERM");
                assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
                assertThat(fairlead.output()).doesNotContain("LEAK", "ERROR", "Exception");
            }
        } finally {
            members.forEach(Nginx::close);
            if (fairlead != null) {
                fairlead.close();
            }
        }
    }

    @Test
    void aHundredThousandRequestsAreSpreadEvenlyAndNoneFails() throws Exception {
        long sent = 0;
        while (sent < ENOUGH) {
            try (Wrk wrk = Wrk.start(url, 5)) {
                sent += wrk.requestsWithoutErrors();
            }
        }
        long atLeast = sent;
        awaitStatus("all requests counted", pool -> pool.getLong("requests_total") >= atLeast && inFlight(pool) == 0);
        List<Long> shares = new ArrayList<>();
        forEachMember(status(), member -> shares.add(member.getLong("requests_total")));
        long most = shares.stream().mapToLong(Long::longValue).max().orElseThrow();
        long least = shares.stream().mapToLong(Long::longValue).min().orElseThrow();
        assertThat(most - least).as("spread of %s", shares).isLessThanOrEqualTo(1);
    }

    @Test
    void noRequestFailsWhenAMemberIsKilledAndItComesBack() throws Exception {
        Nginx victim = members.get(1);
        try (Wrk wrk = Wrk.start(url, 12)) {
            awaitStatus("traffic", pool -> pool.getLong("requests_total") > 1000);
            victim.kill();
            String out = fairlead.awaitLine(line -> line.contains("member app/" + victim.address() + " is out"));
            assertThat(out).contains("3 of 3 probes failed: connection refused", "2 of 3 members serve");
            awaitStatus("shown as down with its reason", pool -> {
                JsonObject member = member(pool, victim);
                return member.getString("health").equals("down")
                        && member.getString("reason").contains("3 of 3 probes failed: connection refused");
            });
            long before = member(status(), victim).getLong("requests_total");
            victim.restart();
            fairlead.awaitLine(
                    line -> line.contains("member app/" + victim.address() + " serves: 2 of 2 probes passed"));
            awaitStatus(
                    "traffic at the member that came back",
                    pool -> member(pool, victim).getLong("requests_total") > before);
            assertThat(wrk.requestsWithoutErrors()).isPositive();
        }
    }

    private void awaitNothingInFlight() throws Exception {
        awaitStatus("nothing in flight", pool -> inFlight(pool) == 0);
    }

    private void awaitStatus(String what, Predicate<JsonObject> condition) throws Exception {
        Daemon.await(what, () -> {
            try {
                return condition.test(status());
            } catch (Exception e) {
                return false;
            }
        });
    }

    private JsonObject status() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(admin + "api/v1/status")).build();
        JsonObject status =
                new JsonObject(http.send(request, BodyHandlers.ofString()).body());
        return status.getJsonArray("pools").getJsonObject(0);
    }

    private static int inFlight(JsonObject pool) {
        int[] sum = {0};
        forEachMember(pool, member -> sum[0] += member.getInteger("in_flight"));
        return sum[0];
    }

    private static JsonObject member(JsonObject pool, Nginx which) {
        List<JsonObject> found = new ArrayList<>();
        forEachMember(pool, member -> {
            if (member.getString("id").equals(which.address())) {
                found.add(member);
            }
        });
        return found.get(0);
    }

    private static void forEachMember(JsonObject pool, java.util.function.Consumer<JsonObject> action) {
        JsonArray all = pool.getJsonArray("members");
        for (int i = 0; i < all.size(); i++) {
            action.accept(all.getJsonObject(i));
        }
    }
}
