package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Step;
import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.pool.Drift;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that is taken anew while Fairlead is at work: what is equal stays, what changed counts, what is gone finishes. */
class ReloadIT {
    @RegisterExtension
    private final ReloadFixture fixture;

    ReloadIT() throws Exception {
        fixture = new ReloadFixture();
    }

    @Test
    void theNextRequestGoesByTheNewWeights() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        Member a = fixture.member("app", "a").member();
        Plan plan = fixture.reload(PROGRAM + pool("app", "a*3 b"));

        assertThat(plan.changes())
                .containsExactly(new Plan.Change(Step.CHANGED, "pools.app.members.a.weight", "1", "3"));
        assertThat(fixture.member("app", "a").member()).isSameAs(a);
        List<String> names = fixture.ask(40);
        assertThat(Collections.frequency(names, "a")).isEqualTo(30);
    }

    @Test
    void membersComeAndGoWithoutAFailureAndWhoGoesFinishesItsWork() throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        CompletableFuture<HttpResponse<String>> held = fixture.begin("/held");
        fixture.apps.awaitHeld();
        Member a = fixture.member("app", "a").member();

        Plan plan = fixture.reload(PROGRAM + pool("app", "b c"));

        Plan.PoolStep step = plan.pools().get(0);
        assertThat(step.added()).containsExactly("b", "c");
        assertThat(step.removed()).containsExactly("a");
        assertThat(step.inFlight()).isEqualTo(1);
        int before = fixture.apps.count("a");
        assertThat(fixture.ask(20)).contains("b", "c").doesNotContain("a");
        assertThat(fixture.apps.count("a")).isEqualTo(before);
        assertThat(a.inFlight()).isEqualTo(1);
        fixture.apps.release();
        assertThat(held.get().body()).isEqualTo("a");
        ReloadFixture.await("nothing in flight", () -> a.inFlight() == 0);
        ReloadFixture.await(
                "its statistics are gone",
                () -> !fixture.fairlead().statistics().members().containsKey(a));
    }

    @Test
    void whatIsKnownOfAMembersHealthStays() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        fixture.apps.health("b", 503);
        ReloadFixture.await("b is out", () -> state("b") == HealthState.DOWN);
        Instant since = fixture.member("app", "b").health().since();
        fixture.reload(PROGRAM + pool("app", "a b c"));
        MemberStatus after = fixture.member("app", "b");
        assertThat(after.health().state()).isEqualTo(HealthState.DOWN);
        assertThat(after.health().since()).isEqualTo(since);
        assertThat(fixture.ask(20)).doesNotContain("b");
    }

    @Test
    void anotherHealthCheckBeginsWithWhatTheOldOneKnew() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        String other = pool("app", "a b") + "path = \"/well\"\nfall = 2\n";
        fixture.reload(PROGRAM + other);
        assertThat(fixture.ask(20)).contains("a", "b");
        assertThat(fixture.member("app", "a").health().state()).isIn(HealthState.UP, HealthState.FALLING);

        fixture.reload(PROGRAM + other.replace("/well", "/health?").replace("fall = 2", "expect_status = [\"404\"]"));
        ReloadFixture.await(
                "both are out by the new check",
                () -> state("a") == HealthState.DOWN && state("b") == HealthState.DOWN);
        fixture.reload(PROGRAM + other.substring(0, other.indexOf("[pools.app.health]")));
        assertThat(fixture.ask(20)).contains("a", "b");
    }

    private HealthState state(String member) {
        try {
            return fixture.member("app", member).health().state();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void poolsAndRoutesAreRenamedWithoutAFailure() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<List<String>> client = CompletableFuture.supplyAsync(() -> {
            List<String> failures = new ArrayList<>();
            while (!over.get()) {
                try {
                    HttpResponse<String> answer = fixture.get("/");
                    if (answer.statusCode() != 200) {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                } catch (Exception e) {
                    failures.add(e.toString());
                }
            }
            return failures;
        });
        for (int i = 0; i < 10; i++) {
            fixture.reload(PROGRAM + "[[routes]]\npath_exact = \"/\"\npool = \"app" + i + "\"\n"
                    + pool("app" + i, i % 2 == 0 ? "c d" : "a b"));
        }
        over.set(true);
        assertThat(client.get()).isEmpty();
        assertThat(fixture.get("/elsewhere").statusCode()).isEqualTo(404);
        assertThat(fixture.fairlead().pools()).extracting(Pool::name).containsExactly("app9");
    }

    @Test
    void aFileWithAnErrorChangesNothingAndSaysWhichLine() throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        String bad = PROGRAM + pool("app", "b") + "intervall = \"1s\"\n";
        long line = bad.lines().count();
        String place = "test.toml:" + line + ": pools.app.health.intervall";

        assertThat(fixture.refused(bad))
                .singleElement()
                .satisfies(problem -> assertThat(problem).startsWith(place));

        assertThat(fixture.ask(4)).containsOnly("a");
        JsonObject config = fixture.status().getJsonObject("config");
        assertThat(config.getJsonObject("last_reload").getBoolean("ok")).isFalse();
        assertThat(config.getJsonObject("last_reload").getString("message")).contains(place);
        assertThat(fixture.admin("/api/v1/events").body()).contains(place);
        assertThat(fixture.admin("/metrics").body())
                .contains("fairlead_config_reloads_total{result=\"refused\"} 1.0")
                .contains("fairlead_config_last_reload_successful 0.0");
        fixture.reload(PROGRAM + pool("app", "b"));
        assertThat(fixture.ask(4)).containsOnly("b");
        assertThat(fixture.admin("/metrics").body())
                .contains("fairlead_config_reloads_total{result=\"taken\"} 1.0")
                .contains("fairlead_config_last_reload_successful 1.0");
    }

    @Test
    void anAddressThatIsTakenRefusesTheWholeAndChangesNothing() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        Member a = fixture.member("app", "a").member();
        int port = fixture.port();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            String second = "[[listeners]]\nname = \"second\"\naddress = \"" + address + "\"\n";
            assertThat(fixture.refused(PROGRAM + second + pool("app", "b c")))
                    .containsExactly("listener second: " + address + ": the address is in use");
        }
        assertThat(fairlead.listeners())
                .singleElement()
                .satisfies(one -> assertThat(one.address().port()).isEqualTo(port));
        assertThat(fixture.fairlead().pool("app").members()).containsExactly(a);
        assertThat(fixture.ask(4)).containsOnly("a");
        assertThat(fixture.onControl(() -> fairlead.pool("app").drift())).isEmpty();
    }

    @Test
    void listenersComeAndGo() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        int first = fixture.port();
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        String second = "[[listeners]]\nname = \"second\"\naddress = \"127.0.0.1:" + free + "\"\n";
        for (int i = 0; i < 5; i++) {
            Plan plan = fixture.reload(PROGRAM + second + pool("app", "a"));
            assertThat(plan.listeners()).extracting(Plan.ListenerStep::step).containsExactly(Step.KEPT, Step.ADDED);
            assertThat(fairlead.listeners())
                    .extracting(one -> one.address().port())
                    .containsExactly(first, free);
            assertThat(get(free)).isEqualTo("a");
            plan = fixture.reload(PROGRAM + pool("app", "a"));
            assertThat(plan.listeners()).extracting(Plan.ListenerStep::step).containsExactly(Step.KEPT, Step.REMOVED);
        }
        Plan plan = fixture.reload(PROGRAM + "max_header_size = \"2KiB\"\n" + pool("app", "a"));
        assertThat(plan.listeners()).extracting(Plan.ListenerStep::step).containsExactly(Step.REBOUND);
        assertThat(fixture.port()).isEqualTo(first);
        assertThat(fixture.ask(3)).containsOnly("a");
    }

    private String get(int port) throws Exception {
        return fixture.http
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void theOperatorsOrdersStandWhereTheFileSaysNothingNew() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a b"));
        Pool pool = fairlead.pool("app");
        fixture.onControl(() -> {
            pool.order(pool.members().get(0), AdminState.DRAIN);
            fairlead.control()
                    .add(
                            pool,
                            new MemberSettings(
                                    MemberAddress.parse(fixture.apps.address("d")), "d", 2, 0, AdminState.READY));
            return pool;
        });
        ReloadFixture.await("d serves", () -> state("d") == HealthState.UP);
        assertThat(fixture.ask(12)).contains("b", "d").doesNotContain("a");

        Plan plan = fixture.reload(PROGRAM + pool("app", "a b*2"));
        assertThat(plan.drift()).extracting(Plan.DriftStep::kept).containsExactly(true, true);
        assertThat(fixture.ask(12)).contains("b", "d").doesNotContain("a");
        assertThat(fixture.onControl(pool::drift))
                .extracting(Drift::toString)
                .containsExactly("app/a: drain", "app/d: added");

        String effective = fixture.onControl(() -> fairlead.control().effectiveToml());
        assertThat(effective).contains("id = \"a\", admin = \"drain\"", "id = \"d\", weight = 2");
        fixture.reload(effective);
        assertThat(fixture.onControl(pool::drift)).isEmpty();
        assertThat(fixture.ask(12)).contains("b", "d").doesNotContain("a");
    }

    @Test
    void theWindowMovesAndItsTokenChanges() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        int before = fairlead.adminAddress().port();
        fixture.reload(PROGRAM.replace("[[list", "token = \"secret-token\"\n[[list") + pool("app", "a"));
        assertThat(fairlead.adminAddress().port()).isEqualTo(before);
        assertThat(fixture.admin("/livez").statusCode()).isEqualTo(200);
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        fixture.reload(PROGRAM.replaceFirst("127.0.0.1:0", "127.0.0.1:" + free) + pool("app", "a"));
        assertThat(fairlead.adminAddress().port()).isEqualTo(free);
        assertThat(fixture.admin("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void aWindowThatCannotMoveRefusesTheWholeAndStaysWhereItIs() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        int before = fairlead.adminAddress().port();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(fixture.refused(PROGRAM.replaceFirst("127.0.0.1:0", address) + pool("app", "b")))
                    .containsExactly("admin: " + address + ": the address is in use");
        }
        assertThat(fairlead.adminAddress().port()).isEqualTo(before);
        assertThat(fixture.admin("/livez").statusCode()).isEqualTo(200);
        assertThat(fixture.ask(4)).containsOnly("a");
    }

    @Test
    void theWindowStaysWhereItIsWhenTheRestIsRefused() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        int before = fairlead.adminAddress().port();
        String moved = PROGRAM.replaceFirst("127.0.0.1:0", "localhost:0");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String second = "[[listeners]]\nname = \"second\"\naddress = \"127.0.0.1:" + taken.getLocalPort() + "\"\n";
            assertThat(fixture.refused(moved + second + pool("app", "a")))
                    .singleElement()
                    .satisfies(problem -> assertThat(problem).startsWith("listener second: "));
        }
        assertThat(fairlead.adminAddress().port()).isEqualTo(before);
        assertThat(fixture.admin("/livez").statusCode()).isEqualTo(200);
        fixture.reload(moved + pool("app", "a"));
        assertThat(fairlead.adminAddress().port()).isNotEqualTo(before);
        assertThat(fixture.admin("/livez").statusCode()).isEqualTo(200);
    }

    @Test
    void listenersGoByItWhenTheReloadIsAnswered() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        for (String name : List.of("one", "two", "three")) {
            fixture.reload(PROGRAM.replace("\"web\"", "\"" + name + "\"") + pool("app", "a"));
            assertThat(fairlead.listeners()).extracting(BoundListener::name).containsExactly(name);
        }
    }

    @Test
    void theAccessLogGoesElsewhere(@TempDir Path directory) throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        Path log = directory.resolve("access.log");
        fixture.reload(PROGRAM + pool("app", "a") + "[access_log]\npath = \"" + log + "\"\n");
        fixture.get("/seen");
        fixture.reload(PROGRAM + pool("app", "a"));
        fixture.get("/unseen");
        ReloadFixture.await("the line is written", () -> read(log).contains("/seen"));
        assertThat(read(log)).doesNotContain("unseen");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    @Test
    void whoStopsLetsFinishWhatARemovedListenerHas() throws Exception {
        LoadBalancer fairlead =
                fixture.start(PROGRAM + "[[listeners]]\nname = \"second\"\naddress = \"[::1]:0\"\n" + pool("app", "a"));
        String second = "http://" + fairlead.listeners().get(1).address();
        CompletableFuture<HttpResponse<String>> held = fixture.http.sendAsync(
                HttpRequest.newBuilder(URI.create(second + "/held")).build(), BodyHandlers.ofString());
        fixture.apps.awaitHeld();
        fixture.reload(PROGRAM + pool("app", "a"));
        Future<Void> stopped = fixture.beginStop(Duration.ofSeconds(20));
        ReloadFixture.await("it drains", fairlead::isDraining);
        fixture.apps.release();
        assertThat(held.get().body()).isEqualTo("a");
        Apps.await(stopped);
    }

    /** The first is under way, for it waits for a member that does not serve; the second has not begun. */
    @Test
    void whoStopsEndsWhatIsUnderWayAndTakesNothingMore() throws Exception {
        LoadBalancer fairlead = fixture.start(PROGRAM + pool("app", "a"));
        fixture.apps.health("b", 503);
        fixture.write(PROGRAM + pool("other", "b"));
        Future<Plan> underWay = fairlead.reload("the test");
        ReloadFixture.await("b is looked at", () -> fixture.apps.probes("b") > 0);
        Future<Plan> waiting = fairlead.reload("the test");
        fixture.stop();
        assertThat(underWay.succeeded()).isTrue();
        assertThat(waiting.cause()).hasMessage("Fairlead is stopping");
        assertThat(fairlead.pools()).extracting(Pool::name).containsExactly("other");
    }

    @Test
    void aPlanChangesNothing() throws Exception {
        LoadBalancer fairlead = fixture.start(
                PROGRAM + pool("app", "a b").replace("members", "strategy = \"consistent-hash\"\nmembers"));
        long revision = fixture.onControl(() -> fairlead.control().revision());
        fixture.config.set(fixture.config.text().replace("\"b\"", "\"b\", weight = 3"));
        Plan plan = Apps.await(fairlead.onControl(() -> fairlead.control().plan()));
        assertThat(plan.changes()).extracting(Plan.Change::path).containsExactly("pools.app.members.b.weight");
        // from a half each to a quarter for a: a quarter of all keys moves, exactly
        assertThat(plan.pools().get(0).movedKeys()).hasValueCloseTo(0.25, within(0.01));
        assertThat(fixture.member("app", "b").weight()).isEqualTo(1);
        assertThat(fixture.<Long>onControl(() -> fairlead.control().revision())).isEqualTo(revision);
    }

    @Test
    void anotherStrategyTakesOverWhileRequestsAreInFlight() throws Exception {
        fixture.start(PROGRAM
                + pool("app", "a b")
                        .replace("members", "strategy = \"consistent-hash\"\nhash_balance_factor = \"125%\"\nmembers"));
        CompletableFuture<HttpResponse<String>> held = fixture.begin("/held");
        fixture.apps.awaitHeld();
        fixture.reload(PROGRAM + pool("app", "a b").replace("members", "strategy = \"least-connections\"\nmembers"));
        assertThat(fixture.ask(10)).hasSize(10);
        fixture.apps.release();
        assertThat(held.get().statusCode()).isEqualTo(200);
        fixture.reload(PROGRAM
                + pool("app", "a b")
                        .replace("members", "strategy = \"peak-ewma\"\nsticky = { cookie = \"home\" }\nmembers"));
        assertThat(fixture.get("/").headers().firstValue("set-cookie")).isPresent();
    }
}
