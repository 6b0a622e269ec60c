package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The target reaches the member byte for byte, in origin form: RFC 9112 section 3.2. */
class RequestTargetIT {
    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/a%2Fb?x=%20&&y",
                "/?a",
                "/?",
                "/a//b/../c",
                "/./a/.",
                "//a",
                "/a;b=c/d",
                "/%41%7e%7E",
                "/a?b=c+d&b=&=&b",
                "/a?/b?c",
                "/~!$&'()*+,;=:@"
            })
    void passesUnchanged(String target) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        assertThat(fairlead.client().get(target).status()).isEqualTo(200);
        assertThat(member.onlyHead().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/|", "/{}", "/\"a\"", "/^", "/a?[]", "/\\", "/%zz", "/%", "/\u00e9"})
    void passesUnchangedOrNotAtAll(String target) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        Answer answer = fairlead.client().get(target);
        if (answer.status() == 200) {
            assertThat(member.onlyHead().target()).isEqualTo(target);
        } else {
            Problem.expect(answer, 400, "malformed");
            member.expectNoConnection();
        }
    }

    @Test
    void turnsAbsoluteFormIntoOriginForm() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET http://app.example:8080/p?q=%20 HTTP/1.1", "Host: app.example:8080");
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().target()).isEqualTo("/p?q=%20");
        assertThat(member.onlyHead().value("host")).isEqualTo("app.example:8080");
    }

    @Test
    void givesAbsoluteFormWithoutPathASlash() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET http://app.example?q HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().target()).isEqualTo("/?q");
    }

    @Test
    void forwardsAsteriskOfOptions() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("OPTIONS * HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().startLine()).isEqualTo("OPTIONS * HTTP/1.1");
    }

    @Test
    void keepsTheMethodAsItIsWritten() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("get /a HTTP/1.1", RawClient.HOST);
        assertThat(client.readAnswer().status()).isEqualTo(200);
        assertThat(member.onlyHead().startLine()).isEqualTo("get /a HTTP/1.1");
    }
}
