package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Health;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
import io.fairlead.health.ProbeReport;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.settings.Choice;
import io.fairlead.settings.Secret;
import io.fairlead.settings.Share;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a member is in or out, and a probe of it on demand. */
@Timeout(60)
class MemberHealthIT {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String MEMBER = "/api/v1/pools/app/members/a";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    record Options(String path, Map<String, String> headers, List<Integer> expectStatus, Secret password, int port) {}

    private final Pool app =
            window.program.add(new PoolBuilder("app").members(1, 1).health(settings()));

    private static HealthSettings settings() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "hidden-1");
        Options options = new Options("/health?key=hidden-2", headers, List.of(200, 204), new Secret("hidden-3"), 0);
        return new HealthSettings(
                new Choice("scripted", options),
                SECOND.multipliedBy(2),
                SECOND,
                2,
                3,
                SECOND.dividedBy(2),
                SECOND.multipliedBy(5),
                Share.parse("10%"),
                HealthSettings.Start.DOWN);
    }

    @Test
    void theHistoryIsToldNewestFirstWithTheRules() throws Exception {
        window.run(() -> {
            observe(HealthState.UP, passed("200"), "1 of 1", "the first probe passed: 200");
            observe(HealthState.FALLING, failed(), "1 of 3", "1 of 3 probes failed: status 503");
            app.remark(
                    member(),
                    Source.PASSIVE,
                    "5 requests in a row failed; not ejected: it is the last one that serves");
        });

        JsonObject health = window.get(MEMBER + "/health").json();

        assertThat(health.getString("pool")).isEqualTo("app");
        assertThat(health.getString("member")).isEqualTo("a");
        assertThat(health.getString("health")).isEqualTo("falling");
        assertThat(health.getBoolean("serves")).isTrue();
        assertThat(health.getString("admin")).isEqualTo("ready");
        assertThat(health.getString("reason")).isEqualTo("1 of 3 probes failed: status 503");
        JsonArray entries = health.getJsonArray("entries");
        assertThat(entries).hasSize(4);
        assertThat(entries.getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("at", "2026-01-02T03:04:05Z")
                        .put("kind", "remark")
                        .put("source", "passive")
                        .put("result", "falling")
                        .put("from", "falling")
                        .put("reason", "5 requests in a row failed; not ejected: it is the last one that serves"));
        assertThat(entries.getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("at", "2026-01-02T03:04:07Z")
                        .put("kind", "probe")
                        .put("source", "active")
                        .put("result", "failed")
                        .put("reason", "status")
                        .put("detail", "status 503")
                        .put("took_ms", 1.5)
                        .put("count", "1 of 3")
                        .put("next_probe_in_ms", 500));
        assertThat(entries.getJsonObject(2).getString("kind")).isEqualTo("transition");
        assertThat(entries.getJsonObject(2).getString("from")).isEqualTo("checking");
        assertThat(entries.getJsonObject(2).getString("result")).isEqualTo("up");
        assertThat(entries.getJsonObject(3).getString("result")).isEqualTo("passed");
    }

    @Test
    void theRulesAreToldInNumbersAndInWordsWithoutSecrets() throws Exception {
        OperatorWindow.Answer answer = window.get(MEMBER + "/health");
        assertThat(answer.body()).doesNotContain("hidden");
        JsonObject rules = answer.json().getJsonObject("rules");
        assertThat(rules.getJsonObject("probes"))
                .isEqualTo(new JsonObject()
                        .put("type", "scripted")
                        .put("path", "/health?***")
                        .put("headers", new JsonObject().put("Authorization", "***"))
                        .put("expect_status", new JsonArray(List.of("200", "204")))
                        .put("password", "***")
                        .put("port", 0)
                        .put("interval_ms", 2000)
                        .put("timeout_ms", 1000)
                        .put("rise", 2)
                        .put("fall", 3)
                        .put("fast_interval_ms", 500)
                        .put("down_interval_ms", 5000)
                        .put("jitter", 0.1)
                        .put("start", "down"));
        assertThat(rules.getJsonObject("outlier").getInteger("consecutive_failures"))
                .isEqualTo(5);
        assertThat(rules.getJsonArray("in_words"))
                .containsExactly(
                        "scripted probe: path /health?***, headers Authorization, expect_status 200, 204, password ***,"
                                + " which may take 1 s",
                        "every 2 s; every 500 ms while about to change; every 5 s while down",
                        "3 failures in a row take it down; 2 passes in a row bring it up",
                        "5 failed requests in a row eject it for 10 s, longer each time; more are asked for while its peers fail too",
                        "at most 50% of the members are out for that, and never the last that serves");
    }

    @Test
    void aCheckAnswersWithItsEntryAndTheVerdict() throws Exception {
        window.program.checks = member -> {
            observe(HealthState.FALLING, failed(), "2 of 3", "2 of 3 probes failed: status 503");
            return Future.succeededFuture(
                    health(HealthState.FALLING, failed(), "2 of 3", "2 of 3 probes failed: status 503"));
        };

        OperatorWindow.Answer answer = window.ask("POST", MEMBER + "/check");

        assertThat(answer.status()).isEqualTo(200);
        JsonObject verdict = answer.json();
        assertThat(verdict.getString("verdict")).isEqualTo("3 failures in a row take it down; this is the 2nd");
        assertThat(verdict.getString("health")).isEqualTo("falling");
        assertThat(verdict.getString("reason")).isEqualTo("2 of 3 probes failed: status 503");
        assertThat(verdict.getJsonObject("entry").getString("detail")).isEqualTo("status 503");
        assertThat(verdict.getJsonObject("entry").getString("count")).isEqualTo("2 of 3");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up|2 of 2|3 failures in a row would take it down",
                "falling|1 of 3|3 failures in a row take it down; this is the 1st",
                "rising|1 of 2|2 passes in a row bring it up; this is the 1st",
                "down|3 of 3|it is down; 2 passes in a row bring it up",
                "ejected|2 of 2|live traffic speaks against it: a probe that passes does not bring it back by itself",
            })
    void theVerdictSaysWhatTheResultMeans(String state, String count, String words) throws Exception {
        HealthState health = HealthState.valueOf(state.toUpperCase(java.util.Locale.ROOT));
        window.program.checks = member -> Future.succeededFuture(health(health, passed("200"), count, "why"));
        assertThat(window.ask("POST", MEMBER + "/check").json().getString("verdict"))
                .isEqualTo(words);

        window.run(() -> app.order(member(), AdminState.DRAIN));
        assertThat(window.ask("POST", MEMBER + "/check").json().getString("verdict"))
                .isEqualTo("it is set to drain; " + words);
    }

    @Test
    void whereNothingChecksACheckIsAConflict() throws Exception {
        OperatorWindow.Answer answer = window.ask("POST", MEMBER + "/check");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail"))
                .isEqualTo("no probe was made: no health check is configured for this pool");
    }

    @Test
    void whoIsUnknownIsNotFound() throws Exception {
        assertThat(window.get("/api/v1/pools/app/members/c/health").status()).isEqualTo(404);
        assertThat(window.get("/api/v1/pools/other/members/a/health").status()).isEqualTo(404);
        assertThat(window.ask("POST", "/api/v1/pools/app/members/c/check").status())
                .isEqualTo(404);
    }

    @Test
    void idsOfAnyKindAreFound() throws Exception {
        window.program.add(
                new PoolBuilder("odd").member("127.0.0.1:9001", "", 1, 0).member("[::1]:9001", "ä b?&%2f", 1, 0));
        for (String id : List.of("127.0.0.1:9001", "127.0.0.1%3A9001", "%C3%A4%20b%3F%26%252f")) {
            assertThat(window.get("/api/v1/pools/odd/members/" + id + "/health").status())
                    .as(id)
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void aCheckIsAPostAndNothingElse(String method) throws Exception {
        assertThat(window.ask(method, MEMBER + "/check").status()).isEqualTo(405);
        assertThat(window.ask("POST", MEMBER + "/health").status()).isEqualTo(405);
    }

    @Test
    void aPageOfAnotherSiteCannotHaveAMemberChecked() throws Exception {
        window.program.checks = member -> {
            throw new AssertionError("must not be asked");
        };
        for (String origin : List.of("http://evil.example", "null")) {
            assertThat(window.ask("POST", MEMBER + "/check", "origin", origin).status())
                    .isEqualTo(403);
        }
        assertThat(window.ask("POST", MEMBER + "/check", "sec-fetch-site", "cross-site")
                        .status())
                .isEqualTo(403);
    }

    private Member member() {
        return app.members().get(0);
    }

    private void observe(HealthState state, ProbeResult result, String count, String reason) {
        app.observe(member(), health(state, result, count, reason));
    }

    private Health health(HealthState state, ProbeResult result, String count, String reason) {
        Instant at = ScriptedProgram.START.plusSeconds(count.startsWith("1 of 1") ? 1 : 2);
        app.history(member()).add(new ProbeReport(result, at, Duration.ofNanos(1_500_000), at.plusMillis(500), count));
        return new Health(state, ScriptedProgram.START, Source.ACTIVE, reason);
    }

    private static ProbeResult passed(String detail) {
        return new ProbeResult.Passed(detail);
    }

    private static ProbeResult failed() {
        return new ProbeResult.Failed(ProbeResult.Reason.STATUS, "status 503");
    }
}
