package io.fairlead.health.probe;

import static io.fairlead.health.probe.ScriptedServer.readHead;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider.Environment;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.fairlead.member.tls.Certificates;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.member.tls.TlsSettings;
import io.netty.pkitesting.X509Bundle;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Probes of pools with TLS: they trust whom the traffic trusts, and say in words why not. */
class ProbeTlsIT extends ProbeBench {
    private static final Certificates CERTIFICATES = new Certificates();
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** The probes that make a handshake and then ask, or do not. */
    enum Kind {
        HTTP(env -> new HttpProbe(new HttpOptions().made(), env)),
        KEPT(env -> new HttpProbe(new HttpOptions().reuse().made(), env)),
        TCP(env -> new TcpProbe(new TcpProbeOptions(0), env));

        private final Function<Environment, Probe> factory;

        Kind(Function<Environment, Probe> factory) {
            this.factory = factory;
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesAMemberThatShowsTheRightName(Kind kind) throws Exception {
        assertThat(asked(kind, "app.internal", CERTIFICATES.named("app.internal")))
                .isInstanceOf(Passed.class);
    }

    @ParameterizedTest
    @EnumSource
    void passesAMemberThatShowsItsAddress(Kind kind) throws Exception {
        assertThat(asked(kind, "", CERTIFICATES.loopback())).isInstanceOf(Passed.class);
    }

    @ParameterizedTest
    @EnumSource
    void failsAMemberThatShowsAnotherName(Kind kind) throws Exception {
        assertThat(asked(kind, "app.internal", CERTIFICATES.named("other.example")))
                .isEqualTo(new Failed(Reason.TLS, "certificate is for other.example, not app.internal"));
        assertThat(asked(kind, "", CERTIFICATES.named("other.example")))
                .isEqualTo(new Failed(Reason.TLS, "certificate is for other.example, not 127.0.0.1"));
        assertThat(asked(kind, "app.internal", CERTIFICATES.loopback()))
                .isEqualTo(new Failed(Reason.TLS, "certificate is for 127.0.0.1, not app.internal"));
    }

    @ParameterizedTest
    @EnumSource
    void failsAMemberWhoseCertificateExpired(Kind kind) throws Exception {
        assertThat(asked(kind, "", CERTIFICATES.expired())).isEqualTo(new Failed(Reason.TLS, "certificate expired"));
    }

    @ParameterizedTest
    @EnumSource
    void failsAMemberThatNobodyTrusted(Kind kind) throws Exception {
        assertThat(asked(kind, "", new Certificates().loopback()))
                .isEqualTo(new Failed(Reason.TLS, "certificate is not trusted"));
        Probe probe = probe(LONG, Optional.of(javaTrust(true)), kind.factory);
        assertThat(asked(probe, CERTIFICATES.loopback()))
                .as("an authority that Java does not know")
                .isEqualTo(new Failed(Reason.TLS, "certificate is not trusted"));
    }

    @ParameterizedTest
    @EnumSource
    void passesAnybodyWhereNothingIsVerified(Kind kind) throws Exception {
        Probe probe = probe(LONG, Optional.of(javaTrust(false)), kind.factory);
        assertThat(asked(probe, new Certificates().expired())).isInstanceOf(Passed.class);
    }

    @ParameterizedTest
    @EnumSource
    void failsAMemberThatDoesNotSpeakTls(Kind kind) throws Exception {
        try (ScriptedServer server = new ScriptedServer(
                connection -> ScriptedServer.write(connection, "HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            assertThat(ask(probe(kind, "", LONG), server.port()))
                    .isEqualTo(new Failed(Reason.TLS, "the member does not speak TLS"));
            server.awaitAllClosed();
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsAMemberThatEndsTheHandshake(Kind kind) throws Exception {
        try (ScriptedServer server = new ScriptedServer(Socket::close)) {
            assertThat(ask(probe(kind, "", LONG), server.port()))
                    .isEqualTo(new Failed(Reason.TLS, "the member closed the connection in the handshake"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void failsAMemberThatHangsInTheHandshake(Kind kind) throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {})) {
            assertThat(ask(probe(kind, "", SHORT), server.port()))
                    .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
            server.awaitAllClosed();
        }
    }

    @Test
    void failsAPlainProbeOfAMemberThatSpeaksTls() throws Exception {
        try (ScriptedServer server =
                ScriptedServer.byTls(CERTIFICATES.server(CERTIFICATES.loopback()), ScriptedServer::readHead)) {
            assertThat(ask(probe(LONG, Kind.HTTP.factory), server.port()))
                    .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP/1.1: the member speaks TLS"));
            server.awaitAllClosed();
        }
    }

    @Test
    void keepsAConnectionByTlsToo() throws Exception {
        Probe probe = probe(Kind.KEPT, "", LONG);
        try (ScriptedServer server = ScriptedServer.byTls(CERTIFICATES.server(CERTIFICATES.loopback()), connection -> {
            while (!readHead(connection).isEmpty()) {
                ScriptedServer.write(connection, OK);
            }
        })) {
            Member member = member(server.port());
            for (int i = 0; i < 3; i++) {
                assertThat(ask(control, probe, member)).isInstanceOf(Passed.class);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    private ProbeResult asked(Kind kind, String serverName, X509Bundle shown) throws Exception {
        return asked(probe(kind, serverName, LONG), shown);
    }

    private ProbeResult asked(Probe probe, X509Bundle shown) throws Exception {
        try (ScriptedServer server = ScriptedServer.byTls(CERTIFICATES.server(shown), handshaking())) {
            ProbeResult result = ask(probe, server.port());
            probe.close();
            server.awaitAllClosed();
            return result;
        }
    }

    /** Reads first, so that a handshake is made for those too who say nothing. */
    private static ScriptedServer.Script handshaking() {
        return connection -> {
            if (!readHead(connection).isEmpty()) {
                ScriptedServer.write(connection, OK);
            }
        };
    }

    private Probe probe(Kind kind, String serverName, Duration timeout) throws Exception {
        return probe(timeout, Optional.of(MemberTls.of(CERTIFICATES.trusting(serverName))), kind.factory);
    }

    private static MemberTls javaTrust(boolean verify) {
        return MemberTls.of(new TlsSettings(verify, Path.of(""), "", Path.of(""), Path.of("")));
    }
}
