package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What belongs to one connection stays on it; what is end to end passes as it is: RFC 9110, sections 5.3 and 7.6. */
class HopByHopIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authenticate: Basic",
                "Proxy-Authorization: Basic eDp5",
                "TE: gzip",
                "TE: trailers",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "Upgrade: h2c"
            })
    void removesFromRequests(String field) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        String name = field.substring(0, field.indexOf(':'));
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, field, "Connection: " + name, "X-End: 1");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().has(name)).as("%s", member.onlyHead()).isFalse();
        assertThat(member.onlyHead().value("x-end")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authenticate: Basic",
                "Proxy-Authorization: Basic eDp5",
                "TE: trailers",
                "HTTP2-Settings: AAMAAABkAAQAAP__"
            })
    void removesFromRequestsEvenIfConnectionDoesNotNameIt(String field) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, field);
        assertThat(client.readAnswer().status()).isEqualTo(200);
        String name = field.substring(0, field.indexOf(':'));
        assertThat(member.onlyHead().has(name)).as("%s", member.onlyHead()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Keep-Alive: timeout=5",
                "Proxy-Connection: keep-alive",
                "Proxy-Authenticate: Basic",
                "Proxy-Authorization: Basic eDp5",
                "TE: trailers",
                "HTTP2-Settings: AAMAAABkAAQAAP__",
                "Upgrade: h2c"
            })
    void removesFromResponses(String field) throws Exception {
        fairlead.member(Script.answering("HTTP/1.1 200 OK", field, "X-End: 1", "content-length: 2", "", "ok"));
        Head head = fairlead.client().get("/").head();
        assertThat(head.has(field.substring(0, field.indexOf(':'))))
                .as("%s", head)
                .isFalse();
        assertThat(head.value("x-end")).isEqualTo("1");
    }

    @Test
    void removesAllThatConnectionNamesFromRequests() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead(
                "GET / HTTP/1.1",
                RawClient.HOST,
                "Connection: keep-alive, X-One , ,x-TWO",
                "Connection: X-Three",
                "X-One: 1",
                "X-Two: 2",
                "X-Two: 22",
                "X-Three: 3",
                "X-Four: 4");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        Head head = member.onlyHead();
        assertThat(head.fields()).extracting(Head.Field::name).noneMatch(name -> name.matches("(?i)x-(one|two|three)"));
        assertThat(head.value("x-four")).isEqualTo("4");
        assertThat(String.join(",", head.values("connection"))).doesNotContainIgnoringCase("x-");
    }

    @Test
    void removesAllThatConnectionNamesFromResponses() throws Exception {
        fairlead.member(Script.answering(
                "HTTP/1.1 200 OK",
                "Connection: X-One,x-TWO",
                "Connection: keep-alive",
                "X-One: 1",
                "X-Two: 2",
                "X-Four: 4",
                "content-length: 2",
                "",
                "ok"));
        RawClient client = fairlead.client();
        Head head = client.get("/").head();
        assertThat(head.has("x-one")).isFalse();
        assertThat(head.has("x-two")).isFalse();
        assertThat(head.value("x-four")).isEqualTo("4");
        client.expectUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "Content-Length", "X-Forwarded-For"})
    void connectionCannotTakeAwayWhatForwardingNeeds(String name) throws Exception {
        RawServer member = fairlead.member(Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 2", "Connection: " + name);
        client.send("ab");
        Answer answer = client.readAnswer();
        if (answer.status() == 200) {
            assertThat(answer.text()).isEqualTo("ab");
            assertThat(member.onlyHead().value("host")).isEqualTo("app.example");
            assertThat(member.onlyHead().value("x-forwarded-for")).isEqualTo("127.0.0.1");
        } else {
            Problem.expect(answer, 400, "malformed");
        }
    }

    @Test
    void membersCloseDoesNotCloseTheClient() throws Exception {
        RawServer member = fairlead.member(
                Script.answeringOnce("HTTP/1.1 200 OK", "Connection: close", "content-length: 2", "", "ok"));
        RawClient client = fairlead.client();
        assertThat(client.get("/").head().has("connection")).isFalse();
        client.expectUsable();
        assertThat(member.connections()).isEqualTo(2);
    }

    @Test
    void clientsCloseDoesNotCloseTheMember() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "Connection: close");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().lists("connection", "close")).isFalse();
    }

    @Test
    void dropsNamesWithUnderscoresFromRequests() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X_Forwarded_For: 192.0.2.1", "X-Good: 1", "a_b: 2");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().fields()).extracting(Head.Field::name).noneMatch(name -> name.contains("_"));
        assertThat(member.onlyHead().value("x-good")).isEqualTo("1");
    }

    @Test
    void passesEndToEndFieldsOfRequests() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead(
                "GET / HTTP/1.1",
                RawClient.HOST,
                "Cookie: a=1",
                "Cookie: b=2",
                "X-List: 1, 2",
                "X-List: 3",
                "Authorization: Basic eDp5",
                "If-None-Match: W/\"x\"",
                "Accept-Encoding: br;q=1.0, gzip",
                "User-Agent: \u00e9",
                "Cache-Control: no-cache",
                "Max-Forwards: 3",
                "X-Empty:");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        Head head = member.onlyHead();
        assertThat(String.join("; ", head.values("cookie"))).isEqualTo("a=1; b=2");
        assertThat(head.values("x-list")).containsExactly("1, 2", "3");
        assertThat(head.value("authorization")).isEqualTo("Basic eDp5");
        assertThat(head.value("if-none-match")).isEqualTo("W/\"x\"");
        assertThat(head.value("accept-encoding")).isEqualTo("br;q=1.0, gzip");
        assertThat(head.value("user-agent")).isEqualTo("\u00e9");
        assertThat(head.value("cache-control")).isEqualTo("no-cache");
        assertThat(head.value("max-forwards")).isEqualTo("3");
        assertThat(head.value("x-empty")).isEmpty();
    }

    @Test
    void passesEndToEndFieldsOfResponses() throws Exception {
        fairlead.member(Script.answering(
                "HTTP/1.1 299 Of Its Own",
                "Set-Cookie: a=1; Path=/",
                "set-cookie: b=2, c",
                "SET-COOKIE: a=3",
                "ETag: W/\"x\"",
                "Date: Tue, 15 Nov 1994 08:12:31 GMT",
                "Server: origin/1.0",
                "X-List: 1",
                "X-List: 2",
                "X-Empty:",
                "X-Latin: \u00e9",
                "X_Under_Score: 1",
                "Vary: Accept",
                "content-length: 2",
                "",
                "ok"));
        Head head = fairlead.client().get("/").head();
        assertThat(head.startLine()).isEqualTo("HTTP/1.1 299 Of Its Own");
        assertThat(head.values("set-cookie")).containsExactly("a=1; Path=/", "b=2, c", "a=3");
        assertThat(head.value("etag")).isEqualTo("W/\"x\"");
        assertThat(head.value("date")).isEqualTo("Tue, 15 Nov 1994 08:12:31 GMT");
        assertThat(head.value("server")).isEqualTo("origin/1.0");
        assertThat(head.values("x-list")).containsExactly("1", "2");
        assertThat(head.value("x-empty")).isEmpty();
        assertThat(head.value("x-latin")).isEqualTo("\u00e9");
        assertThat(head.value("x_under_score")).isEqualTo("1");
        assertThat(head.value("vary")).isEqualTo("Accept");
    }

    @Test
    void passesManyCookiesInOrder() throws Exception {
        String cookies = "Set-Cookie: n=x\r\n".repeat(50);
        fairlead.member(
                Script.answering("HTTP/1.1 200 OK", cookies + "Set-Cookie: last=1", "content-length: 0", "", ""));
        assertThat(fairlead.client().get("/").head().values("set-cookie"))
                .hasSize(51)
                .endsWith("last=1");
    }
}
