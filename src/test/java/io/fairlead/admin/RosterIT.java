package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.pool.PoolBuilder;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members that an operator adds and removes over HTTP. */
@Timeout(60)
class RosterIT {
    private static final String MEMBERS = "/api/v1/pools/app/members";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow();

    private final ScriptedControl control = window.program.control;

    @BeforeEach
    void twoMembers() {
        window.program.add(new PoolBuilder("app").members(1, 2));
    }

    @Test
    void aMemberIsAddedAndTheAnswerIsItsDocumentAndItsPlace() throws Exception {
        OperatorWindow.Answer answer = window.post(MEMBERS, "{\"address\":\"10.0.0.13:9001\"}");
        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.header("location")).isEqualTo(MEMBERS + "/a");
        assertThat(answer.json().getString("id")).isEqualTo("a");
        assertThat(answer.json().getString("health")).isNotEmpty();
        assertThat(answer.header("etag")).isEqualTo("\"abc-1\"");
        assertThat(window.get(answer.header("location")).body()).isEqualTo(answer.body());
        assertThat(control.asked)
                .containsExactly(
                        "add app/MemberSettings[address=10.0.0.13:9001, id=10.0.0.13:9001, weight=1, tier=0, admin=READY]");
    }

    @Test
    void withAllThatAMemberMayHave() throws Exception {
        assertThat(window.post(MEMBERS, "{\"address\":\"[::1]:80\",\"id\":\"x\",\"weight\":5,\"tier\":1}")
                        .status())
                .isEqualTo(201);
        assertThat(control.asked)
                .containsExactly("add app/MemberSettings[address=[::1]:80, id=x, weight=5, tier=1, admin=READY]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | address: missing (expected: host:port)",
                "{\"address\":5} | address: 5 (expected: host:port, such as \"10.0.0.11:9001\" or \"[::1]:9001\")",
                "{\"address\":\"x\"} | address: \"x\" (expected: host:port, such as \"10.0.0.11:9001\" or \"[::1]:9001\")",
                "{\"address\":\"x:0\"} | address: port: 0 (expected: 1 to 65535)",
                "{\"address\":\"x:1\",\"weight\":0} | weight: 0 (expected: 1 to 256)",
                "{\"address\":\"x:1\",\"weight\":\"5\"} | weight: \"5\" (expected: a whole number, 1 to 256)",
                "{\"address\":\"x:1\",\"tier\":16} | tier: 16 (expected: 0 to 15)",
                "{\"address\":\"x:1\",\"tier\":null} | tier: null (expected: a whole number, 0 to 15)",
                "{\"address\":\"x:1\",\"id\":\"a/b\"} | id: \"a/b\" (expected: no slash)",
                "{\"address\":\"x:1\",\"id\":\"\"} | id: \"\" (expected: a text of 1 to 200 characters, none of them for control)",
                "{\"address\":\"x:1\",\"id\":\"a\\nb\"} | id: \"a\\nb\" (expected: a text of 1 to 200 characters, none of them for control)",
                "{\"address\":\"x:1\",\"wieght\":1} | \"wieght\": unknown (expected: \"address\", \"id\", \"weight\" or \"tier\")",
                "[] | the body is no object of JSON (expected: such as {\"address\":\"10.0.0.13:9001\"})",
                "{ | the body is not JSON (expected: an object)",
            })
    void whatIsWrongIsSaidAndNothingIsDone(String body, String detail) throws Exception {
        OperatorWindow.Answer answer = window.post(MEMBERS, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().getString("detail")).isEqualTo(detail);
        assertThat(control.asked).isEmpty();
    }

    @Test
    void oneThatIsThereIsAConflict() throws Exception {
        OperatorWindow.Answer answer = window.post(MEMBERS, "{\"address\":\"10.0.0.13:9001\",\"id\":\"a\"}");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().getString("detail")).isEqualTo("pool app has a member a already");
        assertThat(answer.header("location")).isEmpty();
    }

    @Test
    void aMemberIsRemoved() throws Exception {
        OperatorWindow.Answer answer = window.ask("DELETE", MEMBERS + "/b");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("etag")).isEqualTo("\"abc-1\"");
        assertThat(control.asked).containsExactly("remove app/b");
    }

    @Test
    void whatIsRefusedIsAConflictWithItsReason() throws Exception {
        control.refusal = new IllegalStateException("b is the last member of pool app");
        for (OperatorWindow.Answer answer : List.of(
                window.ask("DELETE", MEMBERS + "/b"), window.post(MEMBERS, "{\"address\":\"10.0.0.13:9001\"}"))) {
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().getString("detail")).isEqualTo("b is the last member of pool app");
        }
    }

    @Test
    void whoIsUnknownIsNotFound() throws Exception {
        assertThat(window.ask("DELETE", MEMBERS + "/z").status()).isEqualTo(404);
        assertThat(window.ask("DELETE", "/api/v1/pools/other/members/a").status())
                .isEqualTo(404);
        assertThat(window.post("/api/v1/pools/other/members", "{}").status()).isEqualTo(404);
        assertThat(control.asked).isEmpty();
    }

    @Test
    void theMembersAreNoListToBeRead() throws Exception {
        OperatorWindow.Answer answer = window.get(MEMBERS);
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("allow")).isEqualTo("POST");
    }
}
