package io.fairlead.health.probe;

import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.NOT_SERVING;
import static io.grpc.health.v1.HealthCheckResponse.ServingStatus.SERVING;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.fairlead.member.tls.Certificates;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.settings.Secret;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.netty.pkitesting.X509Bundle;
import java.io.File;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gRPC probe against gRPC's own server with its own health service. */
class GrpcServerIT extends ProbeBench {
    private final HealthStatusManager health = new HealthStatusManager();
    private final List<Server> servers = new CopyOnWriteArrayList<>();
    private final List<Metadata> asked = new CopyOnWriteArrayList<>();
    private final List<String> authorities = new CopyOnWriteArrayList<>();
    private final List<SocketAddress> clients = new CopyOnWriteArrayList<>();

    @AfterEach
    void stopServers() throws Exception {
        for (Server server : servers) {
            server.shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void followsWhatTheServerSaysOfItself() throws Exception {
        Member member = member(start(onLoopback().addService(health.getHealthService())));
        Probe probe = probe("", false);
        assertThat(ask(control, probe, member)).isEqualTo(new Passed("SERVING"));
        health.setStatus("", NOT_SERVING);
        assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.STATUS, "NOT_SERVING"));
        health.setStatus("", SERVING);
        assertThat(ask(control, probe, member)).isSameAs(ask(control, probe, member));
        health.enterTerminalState();
        assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.STATUS, "NOT_SERVING"));
        assertThat(clients)
                .as("connections of their own")
                .doesNotHaveDuplicates()
                .hasSize(5);
    }

    @Test
    void followsWhatItSaysOfOneService() throws Exception {
        Member member = member(start(onLoopback().addService(health.getHealthService())));
        Probe probe = probe("shop.Cart", false);
        assertThat(ask(control, probe, member))
                .isEqualTo(new Failed(
                        Reason.STATUS, "grpc-status 5 NOT_FOUND: the member's health service does not know shop.Cart"));
        health.setStatus("shop.Cart", SERVING);
        assertThat(ask(control, probe, member)).isEqualTo(new Passed("SERVING"));
        health.setStatus("shop.Cart", NOT_SERVING);
        assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.STATUS, "NOT_SERVING"));
    }

    @Test
    void saysThatThereIsNoHealthService() throws Exception {
        assertThat(ask(control, probe("", false), member(start(onLoopback()))))
                .isEqualTo(new Failed(Reason.STATUS, "grpc-status 12 UNIMPLEMENTED: the member has no health service"));
    }

    @Test
    void asksAsItsOptionsSay() throws Exception {
        Member member = member(start(onLoopback().addService(health.getHealthService())));
        GrpcProbeOptions options =
                new GrpcProbeOptions("", "shop.example:81", Map.of("X-Probe", new Secret("yes")), 0, false);
        assertThat(ask(control, probe(LONG, env -> new GrpcProbe(options, env)), member))
                .isEqualTo(new Passed("SERVING"));
        assertThat(asked).singleElement().satisfies(headers -> {
            assertThat(headers.get(Metadata.Key.of("x-probe", Metadata.ASCII_STRING_MARSHALLER)))
                    .isEqualTo("yes");
            assertThat(headers.get(Metadata.Key.of("user-agent", Metadata.ASCII_STRING_MARSHALLER)))
                    .isEqualTo("fairlead-probe");
        });
        assertThat(authorities).containsExactly("shop.example:81");
    }

    @Test
    void keepsAConnectionIfItIsTold() throws Exception {
        int port = start(onLoopback().addService(health.getHealthService()));
        Member member = member(port);
        Probe probe = probe("", true);
        for (int i = 0; i < 4; i++) {
            assertThat(ask(control, probe, member)).isEqualTo(new Passed("SERVING"));
        }
        assertThat(clients).hasSize(4).containsOnly(clients.get(0));
        servers.get(0).shutdownNow().awaitTermination(10, TimeUnit.SECONDS);
        assertThat(ask(control, probe, member)).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
        start(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .addService(health.getHealthService()));
        assertThat(ask(control, probe, member)).isEqualTo(new Passed("SERVING"));
    }

    @Test
    void aKeptConnectionThatTheServerEndsIsNoFailure() throws Exception {
        Member member =
                member(start(NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .maxConnectionAge(50, TimeUnit.MILLISECONDS)
                        .maxConnectionAgeGrace(0, TimeUnit.MILLISECONDS)
                        .addService(health.getHealthService())));
        Probe probe = probe("", true);
        while (clients.stream().distinct().count() < 4) {
            assertThat(ask(control, probe, member)).isEqualTo(new Passed("SERVING"));
        }
    }

    @Test
    void asksByTls() throws Exception {
        Certificates certificates = new Certificates();
        X509Bundle shown = certificates.named("app.internal");
        File cert = Certificates.file(shown.getCertificatePathPEM()).toFile();
        File key = Certificates.file(shown.getPrivateKeyPEM()).toFile();
        Member member =
                member(start(onLoopback().useTransportSecurity(cert, key).addService(health.getHealthService())));
        Probe right = byTls("app.internal", certificates);
        assertThat(ask(control, right, member)).isEqualTo(new Passed("SERVING"));
        assertThat(ask(control, byTls("other.example", certificates), member))
                .isEqualTo(new Failed(Reason.TLS, "certificate is for app.internal, not other.example"));
        assertThat(ask(control, byTls("app.internal", new Certificates()), member))
                .isEqualTo(new Failed(Reason.TLS, "certificate is not trusted"));
        assertThat(ask(control, probe("", false), member))
                .as("in cleartext; what the server says of it may be lost as it hangs up")
                .isIn(
                        new Failed(Reason.PROTOCOL, "not HTTP/2: the member speaks TLS"),
                        new Failed(Reason.PROTOCOL, "connection reset before an answer"),
                        new Failed(Reason.PROTOCOL, "connection closed before an answer"));
    }

    @Test
    void saysWhatSpeaksNoTlsOrNoHttp2OverIt() throws Exception {
        Certificates certificates = new Certificates();
        Member plain = member(start(onLoopback().addService(health.getHealthService())));
        assertThat(ask(control, byTls("", certificates), plain))
                .isEqualTo(new Failed(Reason.TLS, "the member does not speak TLS"));
        try (ScriptedServer http1 =
                ScriptedServer.byTls(certificates.server(certificates.loopback()), ScriptedServer::readHead)) {
            assertThat(ask(byTls("", certificates), http1.port()))
                    .isEqualTo(new Failed(Reason.PROTOCOL, "not HTTP/2: the member does not offer it by ALPN"));
            http1.awaitAllClosed();
        }
    }

    private static NettyServerBuilder onLoopback() {
        return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private int start(ServerBuilder<?> builder) throws Exception {
        Server server = builder.intercept(new ServerInterceptor() {
                    @Override
                    public <Q, A> ServerCall.Listener<Q> interceptCall(
                            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                        asked.add(headers);
                        authorities.add(String.valueOf(call.getAuthority()));
                        SocketAddress client = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
                        clients.add(client);
                        return next.startCall(call, headers);
                    }
                })
                .build()
                .start();
        servers.add(server);
        return server.getPort();
    }

    private Probe probe(String service, boolean reuse) throws Exception {
        GrpcProbeOptions options = new GrpcProbeOptions(service, "", Map.of(), 0, reuse);
        return probe(LONG, env -> new GrpcProbe(options, env));
    }

    private Probe byTls(String serverName, Certificates trusted) throws Exception {
        MemberTls tls = MemberTls.of(trusted.trusting(serverName));
        return probe(LONG, Optional.of(tls), env -> new GrpcProbe(GrpcProbeIT.options("", Map.of()), env));
    }
}
