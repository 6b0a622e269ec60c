package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.Trial;
import io.fairlead.pool.PoolBuilder;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Two operators at once: with If-Match, the second does not undo what the first has done. */
@Timeout(60)
class ConditionalChangeIT {
    private static final String MEMBER = "/api/v1/pools/app/members/a";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    @BeforeEach
    void twoMembersAndATrial() {
        window.program.add(new PoolBuilder("app").members(1, 2));
        window.program.control.onTrial = Optional.of(new Control.OnTrial(
                new Trial(Duration.ofSeconds(60), OptionalDouble.empty()), ScriptedProgram.START, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "POST | /api/v1/config/reload | ",
                "POST | /api/v1/config/confirm | ",
                "POST | /api/v1/config/rollback | ",
                "POST | /api/v1/pools/app/members | {\"address\":\"10.0.0.13:9001\"}",
                "PATCH | /api/v1/pools/app/members/a | {\"weight\":7}",
                "DELETE | /api/v1/pools/app/members/a | ",
            })
    void everyChangeKeepsToIt(String method, String path, String body) throws Exception {
        String sent = body == null ? "" : body;
        String seen = window.get("/api/v1/config").header("etag");
        window.run(window.program.control::change);

        OperatorWindow.Answer late = send(method, path, sent, seen);
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.header("etag")).isEqualTo("\"abc-1\"");
        assertThat(late.json().getString("detail"))
                .isEqualTo(
                        "something was changed meanwhile: the configuration's tag is \"abc-1\" now, and If-Match asks"
                                + " for another; nothing was done");
        assertThat(window.program.control.asked).isEmpty();
        assertThat(window.get("/api/v1/config").header("etag"))
                .as("nothing was done")
                .isEqualTo("\"abc-1\"");

        OperatorWindow.Answer answer = send(method, path, sent, late.header("etag"));
        assertThat(answer.status()).isBetween(200, 204);
        assertThat(answer.header("etag")).isEqualTo("\"abc-2\"");
    }

    private OperatorWindow.Answer send(String method, String path, String body, String tag) throws Exception {
        return window.send(method, path, body, "content-type", "application/json", "if-match", tag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "\"abc-0\"", "\"x\", \"abc-0\"", "\"x\",\"abc-0\" , \"y\"", "\"a,b\", \"abc-0\""})
    void anyTagThatIsNamedWillDo(String tags) throws Exception {
        assertThat(window.patch(MEMBER, "{\"weight\":7}", "if-match", tags).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"W/\"abc-0\"", "\"abc\"", "\"\"", "\"abc-0-\""})
    void anotherOrAWeakOneDoesNot(String tags) throws Exception {
        assertThat(window.patch(MEMBER, "{\"weight\":7}", "if-match", tags).status())
                .isEqualTo(412);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc-0", "\"abc-0", "*, \"abc-0\"", ",", "\"abc-0\" \"abc-0\"", "\"x, abc-0\"", ""})
    void whatIsNoTagIsAnErrorAndNotTheUsual(String tags) throws Exception {
        OperatorWindow.Answer answer = window.patch(MEMBER, "{\"weight\":7}", "if-match", tags);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).contains("expected: an entity tag such as \"abc-0\", or *");
    }

    @Test
    void eachOrderMakesAnother() throws Exception {
        assertThat(window.patch(MEMBER, "{\"weight\":7}").header("etag")).isEqualTo("\"abc-1\"");
        assertThat(window.patch(MEMBER, "{\"weight\":8,\"admin\":\"drain\"}").header("etag"))
                .isEqualTo("\"abc-3\"");
        assertThat(window.patch(MEMBER, "{\"weight\":0}").header("etag"))
                .as("of a refusal")
                .isEmpty();
    }
}
