package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Trial;
import io.fairlead.member.AdminState;
import io.fairlead.member.MemberAddress;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The configuration over HTTP: looked at, planned, taken, confirmed, gone back on. */
@Timeout(60)
class ConfigIT {
    private static final String CONFIG = "/api/v1/config";
    private static final String RELOAD = CONFIG + "/reload";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 2));
    private final ScriptedControl control = window.program.control;

    @Test
    void whatIsInForceIsToldWithItsFileItsPastAndItsDrift() throws Exception {
        window.program.lastReload =
                Optional.of(new LoadedConfig.Reload(ScriptedProgram.START.plusSeconds(5), false, "config.toml:3: no"));
        window.program.reloads = new LoadedConfig.Reloads(2, 1);
        window.run(() -> app.order(app.members().get(0), AdminState.DRAIN));
        window.run(
                () -> app.add(new MemberSettings(MemberAddress.parse("10.0.0.3:9001"), "c", 1, 0, AdminState.READY)));

        OperatorWindow.Answer answer = window.get(CONFIG);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.json())
                .isEqualTo(new JsonObject()
                        .put("file", "config.toml")
                        .put("hash", "abc")
                        .put("revision", 2)
                        .put("loaded_at", "2026-01-02T03:04:05Z")
                        .put(
                                "last_reload",
                                new JsonObject()
                                        .put("at", "2026-01-02T03:04:10Z")
                                        .put("ok", false)
                                        .put("message", "config.toml:3: no"))
                        .put("reloads", new JsonObject().put("taken", 2).put("refused", 1))
                        .putNull("on_trial")
                        .put("drift", new JsonArray().add(drift("a", "drain")).add(drift("c", "added")))
                        .put("toml", control.toml));
    }

    private static JsonObject drift(String member, String words) {
        return new JsonObject().put("pool", "app").put("member", member).put("words", words);
    }

    @Test
    void whoWouldRatherHaveTomlGetsTheFile() throws Exception {
        OperatorWindow.Answer answer = window.ask("GET", CONFIG, "accept", "application/toml");
        assertThat(answer.contentType()).isEqualTo("application/toml");
        assertThat(answer.body()).isEqualTo(control.toml);
        assertThat(answer.header("etag")).isEqualTo("\"abc-0\"");
        assertThat(window.ask("GET", CONFIG, "accept", "application/json, application/toml;q=0.5")
                        .contentType())
                .isEqualTo("application/json");
    }

    @Test
    void onTrialItSaysUntilWhenAndHowItGoes() throws Exception {
        onTrial(OptionalDouble.of(0.02));
        JsonObject onTrial = new JsonObject()
                .put("until", "2026-01-02T03:05:05Z")
                .put("confirm_ms", 60_000)
                .put("rollback_over", 0.02)
                .put("errors_now", 0.013);
        assertThat(window.get(CONFIG).json().getJsonObject("on_trial")).isEqualTo(onTrial);

        window.run(control::change);
        window.pass(Duration.ofSeconds(1));
        JsonObject status = window.get("/api/v1/status").json();
        assertThat(status.getJsonObject("config").getJsonObject("on_trial")).isEqualTo(onTrial);
        assertThat(status.getJsonObject("config").getLong("revision")).isEqualTo(1);
        JsonObject alert = status.getJsonArray("alerts").getJsonObject(0);
        assertThat(alert.getString("kind")).isEqualTo("trial");
        assertThat(alert.getString("text"))
                .isEqualTo("the configuration on trial goes back at 2026-01-02T03:05:05Z: confirm it");
    }

    private void onTrial(OptionalDouble errorsOver) {
        control.onTrial = Optional.of(new Control.OnTrial(
                new Trial(Duration.ofSeconds(60), errorsOver), ScriptedProgram.START.plusSeconds(60), 0.0131));
    }

    @Test
    void aPlanTellsWhatAReloadWouldChangeAndChangesNothing() throws Exception {
        OperatorWindow.Answer answer = window.ask("POST", CONFIG + "/plan");

        assertThat(answer.status()).isEqualTo(200);
        JsonObject plan = answer.json();
        assertThat(plan.getBoolean("applied")).isFalse();
        assertThat(plan.getBoolean("same")).isFalse();
        assertThat(plan.getString("hash")).isEqualTo("def");
        assertThat(plan.getJsonArray("changes").getJsonObject(2))
                .isEqualTo(new JsonObject()
                        .put("change", "changed")
                        .put("path", "pools.app.members.a.weight")
                        .put("from", "1")
                        .put("to", "5"));
        assertThat(plan.getJsonArray("listeners").getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("name", "tls")
                        .put("address", "127.0.0.1:8443")
                        .put("step", "rebound")
                        .put("connections", 1));
        assertThat(plan.getJsonArray("pools").getJsonObject(0))
                .isEqualTo(new JsonObject()
                        .put("name", "app")
                        .put("step", "changed")
                        .put("added", new JsonArray().add("c"))
                        .put("removed", new JsonArray().add("b"))
                        .put("changed", new JsonArray().add("a"))
                        .put("in_flight", 7)
                        .put("moved_keys", 0.333));
        assertThat(plan.getJsonArray("drift").getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("pool", "app")
                        .put("member", "b")
                        .put("words", "weight 3 instead of 1")
                        .put("kept", false));
        assertThat(plan.getJsonArray("warnings")).hasSize(1);
        assertThat(control.asked).containsExactly("plan");
        assertThat(answer.header("etag")).isEqualTo("\"abc-0\"");
    }

    @Test
    void aReloadTellsWhatItHasChangedAndTheNewTag() throws Exception {
        OperatorWindow.Answer answer = window.ask("POST", RELOAD);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getBoolean("applied")).isTrue();
        assertThat(answer.header("etag")).isEqualTo("\"abc-1\"");
        assertThat(control.asked).containsExactly("reload for good by the API, 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({
        "confirm=60s, PT1M, OptionalDouble.empty",
        "confirm=500ms, PT0.5S, OptionalDouble.empty",
        "confirm=1h&rollback_if=errors%3E2%25, PT1H, OptionalDouble[0.02]",
        "confirm=5m&rollback_if=errors+%3E+0.5%25, PT5M, OptionalDouble[0.005]",
        "rollback_if=errors%3E0%25&confirm=1s, PT1S, OptionalDouble[0.0]",
    })
    void onACondition(String query, String confirmWithin, String errorsOver) throws Exception {
        assertThat(window.ask("POST", RELOAD + "?" + query).status()).isEqualTo(200);
        assertThat(control.asked)
                .containsExactly("reload Trial[confirmWithin=" + confirmWithin + ", errorsOver=" + errorsOver
                        + "] by the API, 127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "confirm=60 | confirm: \"60\" (expected: a duration such as \"250ms\", \"2s\", \"1m\" or \"1h\")",
                "confirm= | confirm: \"\" (expected: a duration such as \"250ms\", \"2s\", \"1m\" or \"1h\")",
                "confirm=0s | confirm: 0ms (expected: more than 0s, 1h at most)",
                "confirm=2h | confirm: 7200000ms (expected: more than 0s, 1h at most)",
                "confirm=1s&confirm=2s | confirm: given more than once (expected: once)",
                "confirm=1s&rollback_if=errors | rollback_if: \"errors\" (expected: such as \"errors>2%\")",
                "confirm=1s&rollback_if=errors%3E2 | rollback_if: \"errors>2\" (expected: such as \"errors>2%\")",
                "confirm=1s&rollback_if=errors%3E100%25 | rollback_if: errors>100.0% (expected: 0% or more, less than 100%)",
                "confirm=1s&rollback_if=p99%3E2%25 | rollback_if: \"p99>2%\" (expected: such as \"errors>2%\")",
                "rollback_if=errors%3E2%25 | rollback_if: stands alone (expected: with confirm, such as confirm=60s)",
                "confrim=60s | \"confrim\": unknown (expected: confirm, rollback_if)",
            })
    void aConditionThatIsWrongIsSaidAndNothingIsDone(String query, String detail) throws Exception {
        OperatorWindow.Answer answer = window.ask("POST", RELOAD + "?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo(detail);
        assertThat(control.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plan", "/confirm", "/rollback"})
    void theOthersTakeNoCondition(String what) throws Exception {
        onTrial(OptionalDouble.empty());
        OperatorWindow.Answer answer = window.ask("POST", CONFIG + what + "?confirm=60s");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo("\"confirm\": unknown (expected: no parameter)");
        assertThat(control.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plan", "/reload"})
    void aFileThatIsRefusedIsToldWithAllItsErrors(String what) throws Exception {
        control.refuse("config.toml:3: one", "config.toml:9: another");
        OperatorWindow.Answer answer = window.ask("POST", CONFIG + what);
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail")).isEqualTo("the configuration is refused, it has 2 errors");
        assertThat(answer.json().getJsonArray("errors"))
                .containsExactly("config.toml:3: one", "config.toml:9: another");
        assertThat(answer.header("etag")).isEmpty();
    }

    @Test
    void whatFailsOtherwiseIsOurOwnError() throws Exception {
        control.reload = Future.failedFuture(new IllegalArgumentException("bug"));
        OperatorWindow.Answer answer = window.ask("POST", RELOAD);
        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("bug");
    }

    @Test
    void whatIsOnTrialIsConfirmedOnce() throws Exception {
        onTrial(OptionalDouble.empty());
        OperatorWindow.Answer answer = window.ask("POST", CONFIG + "/confirm");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getValue("on_trial")).isNull();
        assertThat(answer.header("etag")).isEqualTo("\"abc-1\"");
        OperatorWindow.Answer again = window.ask("POST", CONFIG + "/confirm");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().getString("detail")).isEqualTo("no configuration is on trial");
    }

    @Test
    void whatIsOnTrialGoesBackOnce() throws Exception {
        onTrial(OptionalDouble.empty());
        OperatorWindow.Answer answer = window.ask("POST", CONFIG + "/rollback");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getBoolean("applied")).isTrue();
        assertThat(window.ask("POST", CONFIG + "/rollback").status()).isEqualTo(409);
        assertThat(control.asked).contains("roll back by the API, 127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/plan", "/reload", "/confirm", "/rollback"})
    void readingChangesNothing(String what) throws Exception {
        onTrial(OptionalDouble.empty());
        for (String method : List.of("GET", "HEAD", "PUT", "OPTIONS")) {
            OperatorWindow.Answer answer = window.ask(method, CONFIG + what);
            assertThat(answer.status()).as(method).isEqualTo(405);
            assertThat(answer.header("allow")).isEqualTo("POST");
        }
        assertThat(control.asked).isEmpty();
    }
}
