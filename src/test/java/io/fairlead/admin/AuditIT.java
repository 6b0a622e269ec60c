package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.settings.Secret;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;

/** Whatever is tried to be changed leaves a line, and no secret. */
@Timeout(60)
class AuditIT {
    private static final String TOKEN = "s3cr3t-9f2";
    private static final String MEMBER = "/api/v1/pools/app/members/a";

    @RegisterExtension
    private final OperatorWindow window = new OperatorWindow(new Secret(TOKEN));

    private final Logger audit = (Logger) LoggerFactory.getLogger("io.fairlead.audit");
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        window.program.add(new PoolBuilder("app").members(1, 2));
        lines.start();
        audit.setLevel(Level.INFO);
        audit.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        audit.detachAppender(lines);
        audit.setLevel(null);
    }

    @Test
    void whatIsChangedIsNotedWithWhoAndHow() throws Exception {
        window.patch(MEMBER, "{\"weight\":7,\"admin\":\"drain\"}");
        window.ask(
                "POST",
                "/api/v1/config/reload?confirm=60s&rollback_if=errors%3E2%25",
                "authorization",
                "Bearer " + TOKEN);
        window.post("/api/v1/pools/app/members", "{\"address\":\"10.0.0.13:9001\",\"weight\":5}", "if-match", "*");
        window.ask("DELETE", MEMBER);
        window.ask("POST", MEMBER + "/check");
        assertThat(lines())
                .containsExactly(
                        "PATCH /api/v1/pools/app/members/a by 127.0.0.1 (loopback), drain, weight 7: 200",
                        "POST /api/v1/config/reload by 127.0.0.1 (token), confirm 60000ms, rollback_if errors>2%: 200",
                        "POST /api/v1/pools/app/members by 127.0.0.1 (loopback), if-match *,"
                                + " member 10.0.0.13:9001 at 10.0.0.13:9001, weight 5, tier 0: 201",
                        "DELETE /api/v1/pools/app/members/a by 127.0.0.1 (loopback): 204",
                        "POST /api/v1/pools/app/members/a/check by 127.0.0.1 (loopback): 409");
    }

    @Test
    void whatIsRefusedIsNotedToo() throws Exception {
        window.patch(MEMBER, "{}");
        window.patch(MEMBER, "{\"weight\":7}", "if-match", "\"old\"");
        window.patch(MEMBER, "{\"weight\":7}", "origin", "http://evil.example");
        window.ask("POST", "/api/v1/config/reload", "x-forwarded-for", "192.0.2.1");
        window.send("PATCH", MEMBER, "{\"weight\":7}", "content-type", "text/plain");
        window.patch(MEMBER, " ".repeat(5000));
        window.ask("POST", "/api/v1/config/confirm");
        assertThat(lines())
                .containsExactly(
                        "PATCH /api/v1/pools/app/members/a by 127.0.0.1 (loopback): 400",
                        "PATCH /api/v1/pools/app/members/a by 127.0.0.1 (loopback), if-match \"old\": 412",
                        "PATCH /api/v1/pools/app/members/a by 127.0.0.1 (no right to): 403",
                        "POST /api/v1/config/reload by 127.0.0.1 (no right to): 401",
                        "PATCH /api/v1/pools/app/members/a by 127.0.0.1 (loopback): 415",
                        "PATCH /api/v1/pools/app/members/a by 127.0.0.1 (loopback): 413",
                        "POST /api/v1/config/confirm by 127.0.0.1 (loopback): 409");
    }

    @Test
    void lookingLeavesNoLine() throws Exception {
        window.get("/api/v1/config");
        window.get(MEMBER);
        window.ask("GET", "/api/v1/config/reload");
        assertThat(lines()).isEmpty();
    }

    @Test
    void aSecretInTheWrongPlaceIsNotNotedAndNothingMovesTheCursorOrIsLong() throws Exception {
        window.patch(MEMBER, "{\"token\":\"" + TOKEN + "\"}");
        window.ask("POST", "/api/v1/config/reload?token=" + TOKEN);
        window.ask("POST", "/api/v1/config/reload?confirm=" + TOKEN);
        window.patch(MEMBER, TOKEN, "authorization", "Bearer " + TOKEN + "x");
        window.ask("DELETE", MEMBER + URLEncoder.encode("\r\nPOST /forged\u001b[2J", StandardCharsets.UTF_8));
        window.ask("DELETE", MEMBER + "x".repeat(1000));
        assertThat(lines())
                .hasSize(6)
                .allSatisfy(line -> assertThat(line)
                        .doesNotContain(TOKEN)
                        .doesNotContainPattern("\\p{Cntrl}")
                        .hasSizeLessThan(300));
    }

    @Test
    void theIdOfANewMemberCannotForgeALine() throws Exception {
        window.post("/api/v1/pools/app/members", "{\"address\":\"x:1\",\"id\":\"\u2028\u202e\"}");
        assertThat(lines()).hasSize(1).first().asString().contains("member \\u2028\\u202e at x:1");
    }

    private List<String> lines() {
        window.run(() -> {}); // a line is written after the answer, in the same turn
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
