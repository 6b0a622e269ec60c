package io.fairlead.admin.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fairlead.admin.ScriptedProgram;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.member.AdminState;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.Outcome;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.stats.ProcessStats;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatusDocumentTest {
    /** The example of the interface's contract, word for word. */
    private static final JsonObject CONTRACT = new JsonObject("""
            { "version": "0.1.0", "uptime_seconds": 12.3, "ready": true,
              "config": { "file": "config.toml", "hash": "…", "loaded_at": "…", "last_reload": { "at": "…", "ok": true, "message": "" } },
              "listeners": [ { "name": "web", "address": "127.0.0.1:8080", "connections": 3, "requests_total": 10 } ],
              "pools": [ { "name": "app", "strategy": "round-robin", "fail_open": false, "queue": 0,
                "requests_total": 10, "retries_total": 0,
                "members": [ { "id": "127.0.0.1:9001", "address": "127.0.0.1:9001", "health": "up", "admin": "ready",
                  "since": "…", "reason": "2 of 2 probes passed", "weight": 1, "effective_weight": 1.0, "tier": 0,
                  "in_flight": 0, "requests_total": 5, "share": 0.5, "responses": { "2xx": 5, "3xx": 0, "4xx": 0, "5xx": 0 },
                  "errors": { "connect": 0, "reset": 0, "timeout": 0 }, "retries_from": 0, "ejections": 0,
                  "latency_ms": { "window_seconds": 60, "count": 5, "p50": 1.1, "p90": 1.4, "p99": 2.0, "p999": 2.0, "max": 2.0 },
                  "probe": { "result": "passed", "detail": "200 in 1.2 ms", "at": "…", "next_in_ms": 1200 } } ] } ],
              "process": { "heap_bytes": 0, "direct_bytes": 0, "gc_pause_p99_ms": 0.4, "event_loop_lag_p99_ms": 0.3 } }
            """);

    private final AtomicLong now = new AtomicLong();
    private final Stats stats = new Stats(now::get);
    private final LoopStats loop = stats.newLoop();
    private final ScriptedProgram program = new ScriptedProgram();
    private final Pool pool = program.addPool("app");

    @Test
    void hasEveryKeyOfTheContractWithAValueOfItsKind() {
        program.lastReload = Optional.of(new LoadedConfig.Reload(ScriptedProgram.START, true, "nothing changed"));
        ScriptedProgram.bringUp(pool, 0);
        answer(pool.members().get(0), 200);

        assertContains(render(), CONTRACT, "");
    }

    @Test
    void whatIsNotKnownIsNull() {
        JsonObject member = member(render(), 0);

        assertThat(member.containsKey("probe")).isTrue();
        assertThat(member.getValue("probe")).isNull();
        JsonObject latency = member.getJsonObject("latency_ms");
        assertThat(latency.getLong("count")).isZero();
        assertThat(latency.containsKey("p99")).isTrue();
        assertThat(latency.getValue("p99")).isNull();
        assertThat(render().getJsonObject("config").getValue("last_reload")).isNull();
    }

    @Test
    void tellsOfTheProgram() {
        JsonObject seen = render();

        assertThat(seen.getString("version")).isEqualTo("1.2.3");
        assertThat(seen.getDouble("uptime_seconds")).isEqualTo(10);
        assertThat(seen.getString("at")).isEqualTo("2026-01-02T03:04:15Z");
        assertThat(seen.getJsonObject("process"))
                .isEqualTo(new JsonObject()
                        .put("heap_bytes", 1L)
                        .put("heap_max_bytes", 10L)
                        .put("direct_bytes", 2L)
                        .put("gc_pause_p99_ms", 3.5)
                        .put("gc_pause_max_ms", 9.0)
                        .put("event_loop_lag_p99_ms", 0.333)
                        .put("event_loop_lag_max_ms", 4.0));
    }

    @Test
    void aMemberThatIsOutSaysWhyAndWhatItsLastProbeSaw() {
        ScriptedProgram.takeDown(pool, 1);

        JsonObject member = member(render(), 1);

        assertThat(member.getString("id")).isEqualTo("blue");
        assertThat(member.getString("address")).isEqualTo("127.0.0.1:9002");
        assertThat(member.getString("health")).isEqualTo("down");
        assertThat(member.getString("reason")).isEqualTo("connection refused");
        assertThat(member.getInteger("weight")).isEqualTo(2);
        assertThat(member.getDouble("effective_weight")).isZero();
        assertThat(member.getJsonObject("probe"))
                .isEqualTo(new JsonObject()
                        .put("result", "failed")
                        .put("reason", "connect")
                        .put("detail", "connection refused")
                        .put("at", "2026-01-02T03:04:14Z")
                        .put("took_ms", 1.0)
                        .put("next_in_ms", 4000L));
    }

    @Test
    void aProbeThatIsOverdueIsNextNow() {
        ScriptedProgram.bringUp(pool, 0);
        JsonObject probe = new PoolDocument(ScriptedProgram.START.plusSeconds(60), stats.snapshot())
                .render(pool, pool.status())
                .getJsonArray("members")
                .getJsonObject(0)
                .getJsonObject("probe");
        assertThat(probe.getString("detail")).isEqualTo("200 in 1.2 ms");
        assertThat(probe.getLong("next_in_ms")).isZero();
    }

    @Test
    void sharesAreOfTheLastMinuteAndAfterARestOfAll() {
        for (int i = 0; i < 8; i++) {
            answer(pool.members().get(0), 200);
        }
        sampleAfter(1);
        sampleAfter(120);
        answer(pool.members().get(0), 200);
        answer(pool.members().get(1), 500);
        answer(pool.members().get(1), 200);
        answer(pool.members().get(1), 404);
        sampleAfter(1);
        assertThat(member(render(), 0).getDouble("share")).isEqualTo(0.25);
        assertThat(member(render(), 1).getDouble("share")).isEqualTo(0.75);

        sampleAfter(120);
        assertThat(member(render(), 0).getDouble("share")).isEqualTo(0.75);
    }

    @Test
    void nobodyHasAShareOfNothing() {
        assertThat(member(render(), 0).getDouble("share")).isZero();
    }

    @Test
    void countsAndLatenciesAreThoseOfTheSnapshot() {
        loop.listener("web").connectionOpened();
        loop.listener("web").requestReceived();
        loop.pool("app").requestReceived();
        loop.pool("app").retried();
        loop.pool("app").refused("no-member-available");
        answer(pool.members().get(0), 503);
        sampleAfter(1);

        JsonObject seen = render();

        JsonObject listener = seen.getJsonArray("listeners").getJsonObject(0);
        assertThat(listener.getLong("connections")).isEqualTo(1);
        assertThat(listener.getLong("requests_total")).isEqualTo(1);
        JsonObject app = seen.getJsonArray("pools").getJsonObject(0);
        assertThat(app.getLong("requests_total")).isEqualTo(1);
        assertThat(app.getLong("retries_total")).isEqualTo(1);
        assertThat(app.getJsonObject("refused")).isEqualTo(new JsonObject().put("no-member-available", 1L));
        assertThat(member(seen, 0).getJsonObject("responses").getLong("5xx")).isEqualTo(1);
        assertThat(member(seen, 0).getJsonObject("latency_ms").getDouble("p50")).isCloseTo(20, within(0.2));
        assertThat(member(seen, 0).getJsonObject("first_byte_ms").getDouble("max"))
                .isCloseTo(10, within(0.1));
        assertThat(seen.getJsonObject("latency_ms").getLong("count")).isEqualTo(1);
    }

    @Test
    void readyMeansListeningNotDrainingAndEveryRoutedPoolCanServe() {
        assertThat(render().getBoolean("ready")).isTrue();
        program.draining = true;
        assertThat(render().getBoolean("ready")).isFalse();
        program.draining = false;
        program.listening = false;
        assertThat(render().getBoolean("ready")).isFalse();
        program.listening = true;
        ScriptedProgram.takeDown(pool, 0);
        assertThat(render().getBoolean("ready")).isTrue();
        ScriptedProgram.takeDown(pool, 1);
        assertThat(render().getBoolean("ready")).isFalse();
    }

    @Test
    void aPoolThatNoRouteLeadsToDoesNotDecideReadiness() {
        Pool unused = program.addPool("unused");
        ScriptedProgram.takeDown(unused, 0);
        ScriptedProgram.takeDown(unused, 1);
        assertThat(render().getBoolean("ready")).isTrue();
        assertThat(render().getJsonArray("pools").getJsonObject(1).getBoolean("can_serve"))
                .isFalse();
    }

    @Test
    void aMemberTellsHowItIsConfiguredAndWhatItsProbesSaid() {
        ScriptedProgram.bringUp(pool, 0);
        ScriptedProgram.takeDown(pool, 0);
        pool.order(pool.members().get(1), 7);

        JsonObject first = member(render(), 0);
        JsonObject second = member(render(), 1);

        assertThat(first.getString("probes")).isEqualTo("pf");
        assertThat(first.getString("source")).isEqualTo("active");
        assertThat(first.getLong("transitions_total")).isEqualTo(1);
        assertThat(first.getInteger("max_connections")).isZero();
        assertThat(second.getString("probes")).isEmpty();
        assertThat(second.getString("source")).isEqualTo("discovery");
        assertThat(second.getInteger("weight")).isEqualTo(7);
        assertThat(second.getInteger("configured_weight")).isEqualTo(2);
    }

    @Test
    void expectedSharesFollowTheWeightsThatCount() {
        assertThat(member(render(), 0).getDouble("expected_share")).isEqualTo(0.333);
        assertThat(member(render(), 1).getDouble("expected_share")).isEqualTo(0.667);
        ScriptedProgram.takeDown(pool, 1);
        assertThat(member(render(), 0).getDouble("expected_share")).isEqualTo(1);
        assertThat(member(render(), 1).getDouble("expected_share")).isZero();
        ScriptedProgram.takeDown(pool, 0);
        assertThat(member(render(), 0).getValue("expected_share")).isNull();
    }

    @Test
    void theShareOfTheLastMinuteIsNullWhereNobodyGotAnything() {
        assertThat(member(render(), 0).containsKey("share_1m")).isTrue();
        assertThat(member(render(), 0).getValue("share_1m")).isNull();
        answer(pool.members().get(0), 200);
        sampleAfter(1);
        assertThat(member(render(), 0).getDouble("share_1m")).isEqualTo(1);
        assertThat(member(render(), 1).getDouble("share_1m")).isZero();
        sampleAfter(120);
        assertThat(member(render(), 0).getValue("share_1m")).isNull();
    }

    @Test
    void ratesOfTheLastMinuteGoByItsRealLength() {
        sampleAfter(10);
        for (int i = 0; i < 30; i++) {
            loop.listener("web").requestReceived();
            answer(pool.members().get(0), 200);
        }
        sampleAfter(10);
        JsonObject status = render();
        assertThat(status.getDouble("requests_per_second_1m")).isEqualTo(1.5);
        assertThat(status.getJsonArray("listeners").getJsonObject(0).getDouble("requests_per_second_1m"))
                .isEqualTo(1.5);
        assertThat(member(status, 0).getDouble("requests_per_second_1m")).isEqualTo(1.5);
    }

    @Test
    void nothingIsWrongAtFirst() {
        assertThat(render().getJsonArray("alerts")).isEmpty();
        assertThat(render().getJsonObject("config").getJsonArray("drift")).isEmpty();
    }

    @Test
    void problemsComeBeforeWhatIsOnlyToBeNoticed() {
        Pool open = program.add(new PoolBuilder("open").members(1, 1).minAvailable("100%"));
        ScriptedProgram.takeDown(open, 0);
        program.lastReload = Optional.of(new LoadedConfig.Reload(ScriptedProgram.START, false, "line 3: no"));
        pool.order(pool.members().get(1), AdminState.MAINTENANCE);
        pool.order(pool.members().get(0), 5);

        JsonArray alerts = render().getJsonArray("alerts");

        assertThat(alerts)
                .containsExactly(
                        alert(
                                "problem fail-open",
                                "open",
                                null,
                                "pool open fails open: fewer than 100% of its members are up,"
                                        + " so all are used, healthy or not"),
                        alert("problem reload", null, null, "the last change of the configuration failed: line 3: no"),
                        alert(
                                "notice drift",
                                "app",
                                "127.0.0.1:9001",
                                "app/127.0.0.1:9001: weight 5 instead of 1, by order" + " and not in the file"),
                        alert("notice drift", "app", "blue", "app/blue: maintenance, by order and not in the file"));
        assertThat(render().getJsonObject("config").getJsonArray("drift"))
                .containsExactly("app/127.0.0.1:9001: weight 5 instead of 1", "app/blue: maintenance");
    }

    @Test
    void errorsAreASharePerMinuteOfWhatClientsGotAndOfWhatMembersDid() {
        assertThat(render().getValue("error_share_1m")).isNull();
        assertThat(member(render(), 0).getValue("error_share_1m")).isNull();
        for (int i = 0; i < 4; i++) {
            loop.listener("web").requestReceived();
            loop.listener("web").route("/").ended(i == 0 ? 503 : 200, TimeUnit.MILLISECONDS.toNanos(20));
            answer(pool.members().get(0), i == 0 ? 500 : 200);
        }
        sampleAfter(10);
        JsonObject status = render();
        assertThat(status.getDouble("error_share_1m")).isEqualTo(0.25);
        assertThat(status.getDouble("errors_per_second_1m")).isEqualTo(0.1);
        assertThat(member(status, 0).getDouble("error_share_1m")).isEqualTo(0.25);
        assertThat(member(status, 1).getValue("error_share_1m")).isNull();
        JsonObject listener = status.getJsonArray("listeners").getJsonObject(0);
        assertThat(listener.getDouble("errors_per_second_1m")).isEqualTo(0.1);
        assertThat(listener.getJsonObject("responses").getLong("5xx")).isEqualTo(1);
        assertThat(listener.getJsonObject("latency_ms").getDouble("p50")).isEqualTo(20, within(0.2));
        sampleAfter(120);
        assertThat(render().getValue("error_share_1m")).isNull();
    }

    @Test
    void oneErrorInTenThousandIsNotRoundedAway() {
        for (int i = 0; i < 10_000; i++) {
            answer(pool.members().get(0), i == 0 ? 500 : 200);
        }
        sampleAfter(10);
        assertThat(member(render(), 0).getDouble("error_share_1m")).isEqualTo(0.0001);
    }

    @Test
    void routesAreToldInTheOrderOfTheFileAndThoseThatMetNoneLast() {
        assertThat(render().getJsonArray("routes")).hasSize(1);
        loop.listener("web").route("/").ended(200, TimeUnit.MILLISECONDS.toNanos(20));
        loop.listener("web").route("").ended(404, TimeUnit.MILLISECONDS.toNanos(1));
        loop.listener("other").route("/").ended(302, TimeUnit.MILLISECONDS.toNanos(20));
        sampleAfter(10);
        JsonArray routes = render().getJsonArray("routes");
        assertThat(routes).hasSize(2);
        JsonObject everything = routes.getJsonObject(0);
        assertThat(everything.getString("route")).isEqualTo("/");
        assertThat(everything.getString("pool")).isEqualTo("app");
        assertThat(everything.getLong("requests_total")).isEqualTo(2);
        assertThat(everything.getDouble("requests_per_second_1m")).isEqualTo(0.2);
        assertThat(everything.getJsonObject("responses"))
                .isEqualTo(new JsonObject()
                        .put("1xx", 0L)
                        .put("2xx", 1L)
                        .put("3xx", 1L)
                        .put("4xx", 0L)
                        .put("5xx", 0L));
        assertThat(everything.getJsonObject("latency_ms").getLong("count")).isEqualTo(2);
        assertThat(routes.getJsonObject(1).getString("route")).isEmpty();
        assertThat(routes.getJsonObject(1).getValue("pool")).isNull();
        assertThat(routes.getJsonObject(1).getJsonObject("responses").getLong("4xx"))
                .isEqualTo(1);
    }

    @Test
    void aPoolTellsWhatBecameOfThoseThatWaited() {
        loop.pool("app").queue().served(TimeUnit.MILLISECONDS.toNanos(5));
        loop.pool("app").queue().served(TimeUnit.MILLISECONDS.toNanos(5));
        loop.pool("app").queue().timedOut(TimeUnit.MILLISECONDS.toNanos(100));
        loop.pool("app").queue().foundFull();
        loop.pool("app").queue().left(TimeUnit.MILLISECONDS.toNanos(5));
        sampleAfter(10);
        JsonObject seen = render().getJsonArray("pools").getJsonObject(0);
        assertThat(seen.getJsonObject("queue_outcomes"))
                .isEqualTo(new JsonObject()
                        .put("served", 2L)
                        .put("timed_out", 1L)
                        .put("full", 1L)
                        .put("left", 1L));
        assertThat(seen.getJsonObject("queue_wait_ms").getLong("count")).isEqualTo(4);
        assertThat(seen.getJsonObject("queue_wait_ms").getDouble("max")).isEqualTo(100, within(1.0));
    }

    private static JsonObject alert(String kind, @Nullable String pool, @Nullable String member, String text) {
        return new JsonObject()
                .put("level", kind.split(" ")[0])
                .put("kind", kind.split(" ")[1])
                .put("pool", pool)
                .put("member", member)
                .put("text", text);
    }

    private JsonObject render() {
        stats.sample();
        JsonObject rendered = new StatusDocument(
                        ScriptedProgram.START.plusSeconds(10),
                        stats.snapshot(),
                        new ProcessStats(1, 10, 2, 3.5, 9, 1 / 3.0, 4))
                .render(program);
        return new JsonObject(rendered.encode());
    }

    private void sampleAfter(int seconds) {
        now.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
        stats.sample();
    }

    private void answer(Member member, int status) {
        Lease lease = member.lease(loop.member(member));
        lease.sent(0);
        lease.answered(status, TimeUnit.MILLISECONDS.toNanos(10));
        lease.close(Outcome.ANSWERED, TimeUnit.MILLISECONDS.toNanos(20));
    }

    private static JsonObject member(JsonObject status, int index) {
        return status.getJsonArray("pools")
                .getJsonObject(0)
                .getJsonArray("members")
                .getJsonObject(index);
    }

    /** Every key of the expected object, at its place, with a value of the same kind. */
    private static void assertContains(JsonObject actual, JsonObject expected, String path) {
        for (String key : expected.fieldNames()) {
            String here = path + "/" + key;
            Object wanted = expected.getValue(key);
            Object value = actual.getValue(key);
            assertThat(actual.containsKey(key)).as(here).isTrue();
            if (wanted instanceof JsonObject object) {
                assertContains(actual.getJsonObject(key), object, here);
            } else if (wanted instanceof JsonArray array) {
                assertContains(actual.getJsonArray(key).getJsonObject(0), array.getJsonObject(0), here);
            } else {
                Class<?> kind = wanted instanceof Number ? Number.class : wanted.getClass();
                assertThat(value).as(here).isInstanceOf(kind);
            }
        }
    }
}
