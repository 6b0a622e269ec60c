package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.HealthSettings;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.settings.Choice;
import io.fairlead.settings.Secret;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is secret in the configuration, or in a request, shows in no answer. */
@Timeout(60)
class SecretsIT {
    private static final String SECRET = "s3cr3t-9f2";
    private static final String MEMBER = "/api/v1/pools/app/members/a";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow(new Secret(SECRET + "-token"));

    record Options(String path, Map<String, String> headers, Secret password) {}

    private final Pool app =
            window.program.add(new PoolBuilder("app").members(1, 1).health(settings()));

    private static HealthSettings settings() {
        Options options = new Options(
                "/health?key=" + SECRET + "-query",
                Map.of("Authorization", SECRET + "-header"),
                new Secret(SECRET + "-password"));
        Duration second = Duration.ofSeconds(1);
        return new HealthSettings(
                new Choice("scripted", options),
                second,
                second,
                2,
                3,
                second,
                second,
                Share.parse("0%"),
                HealthSettings.Start.DOWN);
    }

    @Test
    void noAnswerHoldsOne() throws Exception {
        window.run(() -> {
            ScriptedProgram.takeDown(app, 0);
            app.order(app.members().get(1), AdminState.DRAIN);
        });
        window.pass(Duration.ofSeconds(1));
        List<String> paths = List.of(
                "/",
                "/livez",
                "/readyz",
                "/metrics",
                "/?format=csv",
                "/api/v1/status",
                "/api/v1/status?format=csv",
                "/api/v1/pools",
                "/api/v1/pools/app",
                "/api/v1/events",
                "/api/v1/config",
                "/api/v1/openapi.json",
                "/api/v1/history",
                "/api/v1/history?window=24h",
                MEMBER,
                MEMBER + "/health",
                MEMBER + "/latency",
                MEMBER + "/history",
                "/api/v1/nothing");
        for (String path : paths) {
            for (String accept : List.of(
                    "*/*", "application/json", "text/plain", "application/openmetrics-text", "application/toml")) {
                OperatorWindow.Answer answer = window.ask(
                        "GET",
                        path,
                        "accept",
                        accept,
                        "authorization",
                        "Bearer " + SECRET + "-token",
                        "cookie",
                        SECRET);
                assertThat(answer.body())
                        .as(path + " as " + accept)
                        .isNotEmpty()
                        .doesNotContain(SECRET);
                assertThat(answer.response().headers().map().toString()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void noRefusalRepeatsOne() throws Exception {
        String header = "Bearer " + SECRET + "-token";
        for (String body : List.of("{", "{}", "[1]", "{\"weight\":0}")) {
            assertThat(window.patch(MEMBER, body, "authorization", header).body())
                    .doesNotContain(SECRET);
        }
        assertThat(window.ask("DELETE", MEMBER, "authorization", header).body()).doesNotContain(SECRET);
        assertThat(window.patch(MEMBER, "{}", "authorization", header, "origin", "http://evil.example")
                        .body())
                .doesNotContain(SECRET);
        assertThat(window.get("/api/v1/status?token=" + SECRET).body()).doesNotContain(SECRET);
    }
}
