package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Fairlead itself answers: RFC 9457 or a page for people, with one word of why and the request's id. */
class ProblemAnswerIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void isAProblemWithAnId() throws Exception {
        fairlead.refusingMember();
        Answer answer = fairlead.client().get("/");
        Problem.expect(answer, 502, "connect-failed");
        assertThat(answer.head().value("x-request-id")).matches("[0-9A-Za-z-]{16,64}");
        assertThat(answer.text()).contains(answer.head().value("x-request-id"));
        assertThat(answer.head().has("content-length")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/html",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "application/json;q=0.5, text/html"
            })
    void isAPageForWhoPrefersIt(String accept) throws Exception {
        fairlead.refusingMember();
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Accept: " + accept);
        Answer answer = client.readAnswer();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.head().value("content-type")).startsWith("text/html");
        assertThat(answer.text()).contains("connect-failed").contains("502").startsWithIgnoringCase("<!doctype html>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"*/*", "application/json", "application/problem+json, text/html;q=0.5", "text/plain", "x"})
    void isAProblemForOthers(String accept) throws Exception {
        fairlead.refusingMember();
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Accept: " + accept);
        Problem.expect(client.readAnswer(), 502, "connect-failed");
    }

    @Test
    void hasNoBodyForHead() throws Exception {
        fairlead.refusingMember();
        RawClient client = fairlead.client();
        client.sendHead("HEAD / HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswerTo("HEAD").status()).isEqualTo(502);
        Problem.expect(client.get("/"), 502, "connect-failed");
    }

    @Test
    void saysThatThereIsNoRoute() throws Exception {
        fairlead.pool("[[routes]]\nhost = \"other.example\"\npool = \"app\"");
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        Problem.expect(client.get("/"), 404, "no-route");
        member.expectNoConnection();
        client.sendHead("GET / HTTP/1.1", "Host: other.example:81");
        assertThat(client.readAnswer().status()).isEqualTo(200);
    }

    @Test
    void keepsTheConnectionIfTheRequestWasReadToItsEnd() throws Exception {
        fairlead.pool("[[routes]]\npath = \"/still-usable\"\npool = \"app\"");
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        Answer answer = client.readAnswer();
        Problem.expect(answer, 404, "no-route");
        if (answer.head().lists("connection", "close")) {
            client.expectClosed();
        } else {
            client.expectUsable();
        }
    }

    @Test
    void doesNotWaitForABodyThatNobodyWants() throws Exception {
        fairlead.pool("[[routes]]\npath = \"/other\"\npool = \"app\"");
        fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 1000000000");
        Problem.expect(client.readAnswer(), 404, "no-route");
    }

    @Test
    void saysWhenToComeBackIfNoMemberIsUp() throws Exception {
        fairlead.refusingMember();
        fairlead.pool("[pools.app.health]\ntype = \"http\"\nstart = \"down\"");
        Answer answer = fairlead.client().get("/");
        Problem.expect(answer, 503, "no-member-available");
        assertThat(answer.head().value("retry-after")).matches("[1-9][0-9]*");
    }

    @Test
    void escapesWhatTheClientSaid() throws Exception {
        fairlead.refusingMember();
        RawClient client = fairlead.client();
        client.sendHead("GET /%3Cscript%3E?\"<script>alert(1)</script> HTTP/1.1", RawClient.HOST, "Accept: text/html");
        assertThat(client.readAnswer().text()).doesNotContain("<script>");
    }
}
