package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.ProbeResult;
import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.settings.Providers;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The TCP probe: whoever accepts is well, whatever it says or does not. */
class TcpProbeIT extends ProbeBench {
    private static final Passed CONNECTED = new Passed("connected");

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(ProbeProvider.class, "tcp").optionsType()).isEqualTo(TcpProbeOptions.class);
        assertThatThrownBy(() -> new TcpProbeOptions(-1)).hasMessage("port: -1 (expected: 0 to 65535)");
    }

    @Test
    void passesWhoeverAcceptsAndClosesWithoutAWord() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {})) {
            Probe probe = probe(LONG, 0);
            ProbeResult first = ask(probe, server.port());
            assertThat(first).isEqualTo(CONNECTED);
            assertThat(ask(probe, server.port())).isSameAs(first);
            server.awaitConnections(2);
            server.awaitAllClosed();
        }
    }

    @Test
    void passesWhoeverAcceptsAndCloses() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Socket::close)) {
            assertThat(ask(probe(LONG, 0), server.port())).isEqualTo(CONNECTED);
            server.awaitAllClosed();
        }
    }

    @Test
    void passesWhoeverTalksWithoutEnd() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {
            while (true) { // until the probe closes
                ScriptedServer.write(connection, "220 mail.example ESMTP\r\n");
            }
        })) {
            assertThat(ask(probe(LONG, 0), server.port())).isEqualTo(CONNECTED);
            server.awaitAllClosed();
        }
    }

    @Test
    void failsWhoeverRefuses() throws Exception {
        assertThat(ask(probe(LONG, 0), unusedPort())).isEqualTo(new Failed(Reason.CONNECT, "connection refused"));
    }

    @Test
    void failsWhoeverDoesNotAccept() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<Socket> fillers = fill(full);
            assertThat(ask(probe(SHORT, 0), full.getLocalPort()))
                    .isEqualTo(new Failed(Reason.TIMEOUT, "no answer within 150 ms"));
            for (Socket filler : fillers) {
                filler.close();
            }
        }
    }

    @Test
    void connectsToThePortThatItIsTold() throws Exception {
        try (ScriptedServer server = new ScriptedServer(connection -> {})) {
            assertThat(ask(probe(LONG, server.port()), unusedPort())).isEqualTo(CONNECTED);
            server.awaitAllClosed();
        }
    }

    private Probe probe(Duration timeout, int port) throws Exception {
        return probe(timeout, env -> new TcpProbe(new TcpProbeOptions(port), env));
    }
}
