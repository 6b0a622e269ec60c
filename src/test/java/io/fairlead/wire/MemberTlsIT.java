package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.tls.Certificates;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** TLS to members: who is trusted, who is not, and that it changes nothing of what is said over it. */
class MemberTlsIT {
    private static final Certificates CERTIFICATES = new Certificates();
    private static final Script REFUSED = wire -> {
        try {
            wire.readHead();
        } catch (IOException | AssertionError expected) {
            return;
        }
        throw new AssertionError("a request came");
    };

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void aMemberIsVerifiedByTheServerName() throws Exception {
        trust("app.internal", "");
        RawServer member = member(CERTIFICATES.named("app.internal"), Script.ok());
        assertThat(fairlead.client().get("/x").text()).isEqualTo("ok");
        assertThat(member.onlyHead().value("host")).isEqualTo("app.example");
        assertThat(member.requestedServerNames()).containsExactly("app.internal");
    }

    @Test
    void aMemberIsVerifiedByItsAddressWhereThereIsNoName() throws Exception {
        trust("", "");
        RawServer member = member(CERTIFICATES.loopback(), Script.ok());
        assertThat(fairlead.client().get("/").status()).isEqualTo(200);
        assertThat(member.requestedServerNames()).containsExactly("");
    }

    @Test
    void whatIsSaidOverItIsTheSame() throws Exception {
        trust("app.internal", "");
        RawServer member = member(CERTIFICATES.named("app.internal"), wire -> {
            Head first = wire.readHead();
            assertThat(wire.readRequestBody(first)).isEqualTo("hello");
            wire.sendHead("HTTP/1.1 102 Processing");
            wire.sendHead("HTTP/1.1 200 OK", "transfer-encoding: chunked");
            wire.sendChunk("one");
            wire.sendLastChunk("x-sum: 1");
            wire.readHead();
            wire.sendHead("HTTP/1.1 204 No Content");
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("hello");
        client.sendLastChunk("X-Last: yes");
        assertThat(client.readAnswer().text()).isEqualTo("one");
        assertThat(client.get("/again").status()).isEqualTo(204);
        assertThat(member.connections()).as("kept").isEqualTo(1);
    }

    @Test
    void aLargeBodyPassesBothWays() throws Exception {
        trust("app.internal", "");
        Payload payload = Payload.mebibytes(4);
        Payload.Sink received = new Payload.Sink();
        member(CERTIFICATES.named("app.internal"), wire -> {
            wire.readRequestBody(wire.readHead(), received);
            wire.sendHead("HTTP/1.1 200 OK", "content-length: " + (4 << 20));
            wire.send(payload);
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: " + (4 << 20));
        client.send(payload);
        Payload.Sink echoed = new Payload.Sink();
        assertThat(client.readBody(client.readHead(), echoed).complete()).isTrue();
        assertThat(received.checksum()).isEqualTo(payload.checksum());
        assertThat(echoed.checksum()).isEqualTo(payload.checksum());
    }

    @Test
    void aCertificateForAnotherNameIsAConnectFailureThatNamesNobody() throws Exception {
        trust("app.internal", "");
        member(CERTIFICATES.named("other.example"), REFUSED);
        Problem problem = Problem.expect(fairlead.client().get("/"), 502, "connect-failed");
        assertThat(problem.detail())
                .contains("TLS: certificate is for another name.")
                .doesNotContain("other.example");
    }

    @Test
    void anAddressInACertificateDoesNotStandForAName() throws Exception {
        trust("app.internal", "");
        member(CERTIFICATES.loopback(), REFUSED);
        expectRefusal("TLS: certificate is for another name.");
    }

    @Test
    void anExpiredCertificateIsAConnectFailure() throws Exception {
        trust("", "");
        member(CERTIFICATES.expired(), REFUSED);
        expectRefusal("TLS: certificate expired.");
    }

    @Test
    void aCertificateOfAnotherAuthorityIsAConnectFailure() throws Exception {
        trust("", "");
        member(new Certificates().loopback(), REFUSED);
        expectRefusal("TLS: certificate is not trusted.");
    }

    @Test
    void aMemberThatDoesNotSpeakTlsIsAConnectFailure() throws Exception {
        trust("", "");
        fairlead.member(wire -> {
            wire.sendUnlessRefused("HTTP/1.1 400 Bad Request\r\n\r\n");
            wire.awaitClose();
        });
        expectRefusal("TLS: the member does not speak TLS.");
    }

    @Test
    void aMemberThatClosesInTheHandshakeIsAConnectFailure() throws Exception {
        trust("", "");
        fairlead.member(wire -> {});
        expectRefusal("TLS: the member closed the connection in the handshake.");
    }

    @Test
    void whatOneMemberCannotShowAnotherIsAskedFor() throws Exception {
        trust("app.internal", "");
        member(CERTIFICATES.named("other.example"), REFUSED);
        RawServer good = member(CERTIFICATES.named("app.internal"), Script.echo());
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Content-Length: 5");
        client.send("hello");
        assertThat(client.readAnswer().text()).isEqualTo("hello");
        assertThat(good.heads()).hasSize(1);
    }

    @Test
    void withoutVerificationAnyCertificateWillDo() throws Exception {
        fairlead.pool("tls = { verify = false }");
        member(new Certificates().expired(), Script.ok());
        assertThat(fairlead.client().get("/").status()).isEqualTo(200);
    }

    @Test
    void aCertificateIsShownToAMemberThatAsks() throws Exception {
        X509Bundle own = CERTIFICATES.named("fairlead");
        trust("", ", cert = \"" + Certificates.file(own.getCertificatePEM() + own.getPrivateKeyPEM()) + "\"");
        RawServer member = demandingMember(Script.ok());
        assertThat(fairlead.client().get("/").status()).isEqualTo(200);
        assertThat(member.heads()).hasSize(1);
    }

    @Test
    void withoutTheCertificateThatAMemberDemandsNothingIsSentTwice() throws Exception {
        trust("", "");
        demandingMember(REFUSED);
        Answer answer = fairlead.client().get("/");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(Problem.of(answer).detail()).contains("TLS: the member refused the handshake");
    }

    private void trust(String serverName, String more) {
        fairlead.pool("tls = { ca = \"%s\", server_name = \"%s\"%s }"
                .formatted(CERTIFICATES.authorityFile(), serverName, more));
    }

    private RawServer member(X509Bundle shown, Script... scripts) throws IOException {
        return fairlead.member(RawServer.startTls(CERTIFICATES.server(shown), false, scripts));
    }

    private RawServer demandingMember(Script... scripts) throws IOException {
        SSLContext context = CERTIFICATES.server(CERTIFICATES.loopback());
        return fairlead.member(RawServer.startTls(context, true, scripts));
    }

    private void expectRefusal(String words) throws Exception {
        Problem problem = Problem.expect(fairlead.client().get("/"), 502, "connect-failed");
        assertThat(problem.detail()).contains(words);
    }
}
