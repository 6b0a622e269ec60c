package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.events.Event;
import io.fairlead.member.AdminState;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator orders of a member over HTTP, and what is refused. */
@Timeout(60)
class MemberOrderIT {
    private static final String MEMBER = "/api/v1/pools/app/members/a";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final Pool app = window.program.add(new PoolBuilder("app").members(1, 2));

    @ParameterizedTest
    @ValueSource(strings = {"drain", "maintenance"})
    void anOrderIsObeyedShownAndRemembered(String admin) throws Exception {
        OperatorWindow.Answer answer = window.patch(MEMBER, "{\"admin\":\"" + admin + "\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.json().getString("id")).isEqualTo("a");
        assertThat(answer.json().getString("admin")).isEqualTo(admin);
        assertThat(answer.json().getDouble("effective_weight")).isZero();
        assertThat(answer.json().getLong("transitions_total")).isEqualTo(1);
        assertThat(status().admin()).isEqualTo(AdminState.valueOf(admin.toUpperCase(Locale.ROOT)));
        assertThat(window.get(MEMBER).body()).isEqualTo(answer.body());
        JsonObject entry =
                window.get(MEMBER + "/health").json().getJsonArray("entries").getJsonObject(0);
        assertThat(entry.getString("source")).isEqualTo("operator");
        assertThat(entry.getString("result")).isEqualTo(admin);
        JsonObject event = event(0);
        assertThat(event.getString("kind")).isEqualTo("order");
        assertThat(event.getString("source")).isEqualTo("operator");
        assertThat(event.getString("to")).isEqualTo(admin);
        assertThat(event.getString("message"))
                .isEqualTo("member app/a is set to " + admin + ": ordered by the operator (1 of 2 members serve)");
    }

    @Test
    void aWeightIsObeyedAndStandsOverTheFileUntilItsOwnIsOrderedAgain() throws Exception {
        OperatorWindow.Answer answer = window.patch(MEMBER, "{\"weight\":5}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().getInteger("weight")).isEqualTo(5);
        assertThat(answer.json().getInteger("configured_weight")).isEqualTo(1);
        assertThat(answer.json().getDouble("effective_weight")).isEqualTo(5);
        assertThat(answer.json().getDouble("expected_share")).isEqualTo(0.714);
        assertThat(answer.json().getLong("transitions_total"))
                .as("its state is the same")
                .isZero();
        assertThat(drift()).containsExactly("app/a: weight 5 instead of 1");
        JsonObject event = event(0);
        assertThat(event.getString("kind")).isEqualTo("order");
        assertThat(event.getString("from")).isEqualTo("weight 1");
        assertThat(event.getString("to")).isEqualTo("weight 5");
        assertThat(event.getString("message")).startsWith("member app/a is set to weight 5: ordered by the operator");
        JsonObject entry =
                window.get(MEMBER + "/health").json().getJsonArray("entries").getJsonObject(0);
        assertThat(entry.getString("result")).isEqualTo("weight 5");

        window.patch(MEMBER, "{\"weight\":1}");
        assertThat(drift()).isEmpty();
    }

    @Test
    void bothInOneOrderAreTwoEventsAndBothAreDrift() throws Exception {
        OperatorWindow.Answer answer = window.patch(MEMBER, "{\"weight\":256,\"admin\":\"drain\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(events()).hasSize(2);
        assertThat(drift()).containsExactly("app/a: weight 256 instead of 1", "app/a: drain");
        JsonArray alerts = window.get("/api/v1/status").json().getJsonArray("alerts");
        assertThat(alerts.getJsonObject(1))
                .isEqualTo(new JsonObject()
                        .put("level", "notice")
                        .put("kind", "drift")
                        .put("pool", "app")
                        .put("member", "a")
                        .put("text", "app/a: drain, by order and not in the file"));
    }

    @Test
    void whatIsSoAlreadyIsNoEvent() throws Exception {
        assertThat(window.patch(MEMBER, "{\"admin\":\"ready\",\"weight\":1}").status())
                .isEqualTo(200);
        assertThat(events()).isEmpty();
        assertThat(drift()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | the order is empty (expected: \"admin\", \"weight\" or both)",
                "{\"admin\":\"off\"} | admin: \"off\" (expected: \"ready\", \"drain\" or \"maintenance\")",
                "{\"admin\":\"DRAIN\"} | admin: \"DRAIN\" (expected: \"ready\", \"drain\" or \"maintenance\")",
                "{\"admin\":null} | admin: null (expected: \"ready\", \"drain\" or \"maintenance\")",
                "{\"admin\":{\"a\":1}} | admin: not a plain value (expected: \"ready\", \"drain\" or \"maintenance\")",
                "{\"weight\":\"5\"} | weight: \"5\" (expected: a whole number, 1 to 256)",
                "{\"weight\":1.5} | weight: 1.5 (expected: a whole number, 1 to 256)",
                "{\"weight\":true} | weight: true (expected: a whole number, 1 to 256)",
                "{\"weight\":99999999999} | weight: 99999999999 (expected: a whole number, 1 to 256)",
                "{\"weight\":null} | weight: null (expected: a whole number, 1 to 256)",
                "{\"weight\":[1]} | weight: not a plain value (expected: a whole number, 1 to 256)",
                "{\"weight\":257} | weight: 257 (expected: 1 to 256)",
                "{\"weight\":-1} | weight: -1 (expected: 1 to 256)",
                "{\"weight\":0} | weight: 0 (expected: 1 to 256; \"drain\" is what keeps requests away)",
                "{\"weigth\":5} | \"weigth\": unknown (expected: \"admin\", \"weight\" or both)",
                "{\"weight\":5,\"tier\":1} | \"tier\": unknown (expected: \"admin\", \"weight\" or both)",
                "[] | the body is no object of JSON (expected: such as {\"admin\":\"drain\"})",
                "5 | the body is no object of JSON (expected: such as {\"admin\":\"drain\"})",
                "{\"weight\":5 | the body is not JSON (expected: an object)",
                "{\"weight\":5} x | the body is not JSON (expected: an object)",
                "weight=5 | the body is not JSON (expected: an object)",
            })
    void whatIsWrongIsSaidAndNothingIsDone(String body, String detail) throws Exception {
        OperatorWindow.Answer answer = window.patch(MEMBER, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
        assertThat(answer.json().getString("detail")).isEqualTo(detail);
        assertThat(events()).isEmpty();
        assertThat(status().weight()).isEqualTo(1);
    }

    @Test
    void anOrderThatIsHalfWrongIsNotObeyedAtAll() throws Exception {
        assertThat(window.patch(MEMBER, "{\"admin\":\"drain\",\"weight\":1000}").status())
                .isEqualTo(400);
        assertThat(status().admin()).isEqualTo(AdminState.READY);
    }

    @Test
    void noBodyIsNoOrderAndALongOneIsTooLong() throws Exception {
        assertThat(window.ask("PATCH", MEMBER).status()).isEqualTo(400);
        OperatorWindow.Answer answer = window.patch(MEMBER, "{\"admin\":\"" + "x".repeat(4096) + "\"}");
        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.json().getString("detail")).isEqualTo("the body is too long (expected: 4096 bytes or less)");
        assertThat(window.patch(MEMBER, "{\"weight\":5}" + " ".repeat(4084)).status())
                .isEqualTo(200);
    }

    @Test
    void whoIsUnknownIsNotFound() throws Exception {
        OperatorWindow.Answer answer = window.patch("/api/v1/pools/app/members/c", "{\"weight\":5}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().getString("detail")).isEqualTo("there is no member \"c\" in a pool \"app\"");
        assertThat(window.patch("/api/v1/pools/other/members/a", "{}").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "OPTIONS"})
    void aMemberIsReadOrChangedAndNothingElse(String method) throws Exception {
        OperatorWindow.Answer answer = window.ask(method, MEMBER);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("GET, HEAD, PATCH, DELETE");
        assertThat(answer.json().getString("detail")).isEqualTo("only GET, HEAD, PATCH and DELETE are possible here");
    }

    @Test
    void aPageOfAnotherSiteCannotOrder() throws Exception {
        assertThat(window.patch(MEMBER, "{\"admin\":\"drain\"}", "sec-fetch-site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(window.patch(MEMBER, "{\"admin\":\"drain\"}", "origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(status().admin()).isEqualTo(AdminState.READY);
    }

    private MemberStatus status() {
        List<MemberStatus> all = new ArrayList<>();
        window.run(() -> all.addAll(app.status()));
        return all.get(0);
    }

    private List<String> drift() throws Exception {
        return window.get("/api/v1/status").json().getJsonObject("config").getJsonArray("drift").stream()
                .map(String.class::cast)
                .toList();
    }

    private List<Event> events() {
        List<Event> all = new ArrayList<>();
        window.run(() -> all.addAll(window.program.events.newestFirst(-1)));
        return all;
    }

    private JsonObject event(int index) throws Exception {
        return window.get("/api/v1/events").json().getJsonArray("events").getJsonObject(index);
    }
}
