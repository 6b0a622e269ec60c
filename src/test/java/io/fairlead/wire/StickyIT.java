package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.AdminState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sessions that stay at the member where they began, by a cookie. Without it, members take turns. */
class StickyIT {
    private static final String STICKY = "[pools.app.sticky]\nsecret = \"of the test\"";

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void aNewSessionGetsACookieThatScriptsCannotReadAndOtherSitesDoNotSend() throws Exception {
        fairlead.pool(STICKY).member(named("a"));
        String cookie = fairlead.client().get("/").head().value("set-cookie");
        assertThat(cookie).matches("fairlead=[A-Za-z0-9_-]{22}; Path=/; HttpOnly; SameSite=Lax");
    }

    @Test
    void nameAndAgeAreAsConfigured() throws Exception {
        fairlead.pool(STICKY + "\ncookie = \"home\"\nmax_age = \"10m\"").member(named("a"));
        String cookie = fairlead.client().get("/").head().value("set-cookie");
        assertThat(cookie).startsWith("home=").contains("; Max-Age=600;");
    }

    @Test
    void aSessionStaysWhereItBegan() throws Exception {
        fairlead.pool(STICKY);
        threeMembers();
        Answer first = fairlead.client().get("/");
        String cookie = pair(first);
        for (int i = 0; i < 6; i++) {
            Answer next = ask(fairlead.client(), "theme=dark; " + cookie + "; x=y");
            assertThat(next.text()).isEqualTo(first.text());
            assertThat(next.head().has("set-cookie")).as("it knows already").isFalse();
        }
    }

    @Test
    void theCookieIsTheSameInEveryProcessWithTheSecret() throws Exception {
        // as HMAC-SHA-256 has it: printf 'app/blue' | openssl dgst -sha256 -hmac 'of the test' -binary | head -c 16 |
        // base64
        fairlead.pool(STICKY).memberOfId("blue", Script.ok());
        assertThat(pair(fairlead.client().get("/"))).isEqualTo("fairlead=NgPTGT2mKsu4_JNpoPoXWQ");
    }

    @Test
    void whatIsNoneOfOurCookiesBeginsANewSession() throws Exception {
        fairlead.pool(STICKY);
        threeMembers();
        for (String forged :
                List.of("fairlead=", "fairlead=127.0.0.1:9001", "fairlead=AAAAAAAAAAAAAAAAAAAAAA", "fairlead")) {
            assertThat(ask(fairlead.client(), forged).head().value("set-cookie"))
                    .startsWith("fairlead=");
        }
    }

    @Test
    void aMemberThatIsGoneIsReplacedAndTheCookieRewritten() throws Exception {
        fairlead.pool(STICKY);
        RawServer a = fairlead.member(Script.answeringOnce(answer("a").split("\r\n", -1)));
        fairlead.member(named("b"));
        Answer first = fairlead.client().get("/");
        assertThat(first.text()).isEqualTo("a");
        a.awaitEnded(1);
        a.stopListening();
        Answer second = ask(fairlead.client(), pair(first));
        assertThat(second.text()).isEqualTo("b");
        assertThat(pair(second)).isNotEqualTo(pair(first));
        Answer third = ask(fairlead.client(), pair(second));
        assertThat(third.text()).isEqualTo("b");
        assertThat(third.head().has("set-cookie")).isFalse();
    }

    @Test
    void oldSessionsStayAtAMemberThatIsDrainedAndNoNewOneBeginsThere() throws Exception {
        fairlead.pool(STICKY);
        threeMembers();
        Answer first = fairlead.client().get("/");
        assertThat(first.text()).isEqualTo("a");
        fairlead.order(0, AdminState.DRAIN);
        assertThat(ask(fairlead.client(), pair(first)).text()).isEqualTo("a");
        for (int i = 0; i < 6; i++) {
            assertThat(fairlead.client().get("/").text()).isIn("b", "c");
        }
        fairlead.order(0, AdminState.MAINTENANCE);
        assertThat(ask(fairlead.client(), pair(first)).text()).isIn("b", "c");
    }

    @Test
    void aCookieThatCameOverTlsIsForTlsOnly() throws Exception {
        fairlead.listener("trusted_proxies = [\"loopback\"]").pool(STICKY).member(named("a"));
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X-Forwarded-Proto: https");
        assertThat(client.readAnswer().head().value("set-cookie")).endsWith("; SameSite=Lax; Secure");
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X-Forwarded-Proto: http");
        assertThat(client.readAnswer().head().value("set-cookie")).endsWith("; SameSite=Lax");
    }

    @Test
    void cookiesOfTheMemberArePassedOnBesideIt() throws Exception {
        fairlead.pool(STICKY)
                .member(Script.answering(
                        "HTTP/1.1 200 OK", "set-cookie: sid=1; HttpOnly", "content-length: 0", "", ""));
        assertThat(fairlead.client().get("/").head().values("set-cookie"))
                .hasSize(2)
                .contains("sid=1; HttpOnly");
    }

    @Test
    void anAnswerOfFairleadsOwnBindsNobody() throws Exception {
        fairlead.pool(STICKY).refusingMember();
        Answer refused = fairlead.client().get("/");
        Problem.expect(refused, 502, "connect-failed");
        assertThat(refused.head().has("set-cookie")).isFalse();
    }

    @Test
    void aTunnelIsBoundToo() throws Exception {
        fairlead.pool(STICKY).member(wire -> {
            wire.readHead();
            wire.sendHead("HTTP/1.1 101 Switching Protocols", "connection: upgrade", "upgrade: echo");
            wire.awaitClose();
        });
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Connection: upgrade", "Upgrade: echo");
        assertThat(client.readHead().value("set-cookie")).startsWith("fairlead=");
        client.close();
    }

    private void threeMembers() throws Exception {
        fairlead.member(named("a"));
        fairlead.member(named("b"));
        fairlead.member(named("c"));
    }

    private static Script named(String name) {
        return Script.answering(answer(name));
    }

    private static String answer(String name) {
        return "HTTP/1.1 200 OK\r\ncontent-length: " + name.length() + "\r\n\r\n" + name;
    }

    private static Answer ask(RawClient client, String cookies) throws Exception {
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Cookie: " + cookies);
        return client.readAnswer();
    }

    /** Name and value of the cookie that was set. */
    private static String pair(Answer answer) {
        return answer.head().value("set-cookie").split(";", 2)[0];
    }
}
