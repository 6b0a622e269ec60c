package io.fairlead.health.probe;

import io.fairlead.health.ProbeProvider;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import io.vertx.core.Future;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Makes the connections of a pool's probes: to the members' IPs, by TLS where the pool has it. Who closes them is whoever
 * asked for them. Control context only.
 */
final class Dial {
    private final int port;
    private final Optional<MemberTls> tls;
    private final ClientSSLOptions sslOptions;
    private final NetClient client;

    /**
     * A dial that has connected nobody.
     *
     * @param port where to connect; 0: the member's own
     */
    Dial(ProbeProvider.Environment environment, int port) {
        this.port = port;
        this.tls = environment.tls();
        int millis = Math.toIntExact(environment.timeout().toMillis());
        this.sslOptions = tls.map(Dial::sslOptions)
                .orElseGet(ClientSSLOptions::new)
                .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
                .setSslHandshakeTimeout(millis);
        this.client = environment.vertx().createNetClient(new NetClientOptions().setConnectTimeout(millis));
    }

    /** What a pool's TLS is in Vert.x's terms; its contexts are kept by this object. */
    static ClientSSLOptions sslOptions(MemberTls tls) {
        ClientSSLOptions options = new ClientSSLOptions()
                .setTrustOptions(TrustOptions.wrap(tls.trust()))
                .setHostnameVerificationAlgorithm(tls.identification());
        tls.identity().ifPresent(keys -> options.setKeyCertOptions(KeyCertOptions.wrap(keys)));
        return options;
    }

    /** Where a member is probed. */
    SocketAddress address(Member member) {
        String ip = Objects.requireNonNull(member.ip(), "unresolved");
        return SocketAddress.inetSocketAddress(port == 0 ? member.address().port() : port, ip);
    }

    /** A new connection, its handshake made. */
    Future<NetSocket> connect(Member member) {
        SocketAddress address = address(member);
        return tls.isEmpty()
                ? client.connect(address)
                : client.connect(new ConnectOptions()
                        .setRemoteAddress(address)
                        .setHost(tls.get().peer(member))
                        .setPort(address.port())
                        .setSsl(true)
                        .setSslOptions(sslOptions));
    }

    void close() {
        client.close();
    }
}
