package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.program.Daemon;
import io.fairlead.program.Serving;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process hands its addresses over to another, and no client that never tries again loses a request. */
class TakeoverIT {
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Daemon> processes = new ArrayList<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private MemberProcess member;

    @SuppressWarnings("NullAway.Init")
    private Path config;

    private int port;

    @BeforeEach
    void chooseAddresses() throws Exception {
        member = new MemberProcess(2);
        port = freePort();
        config = Files.writeString(directory.resolve("config.toml"), """
                [admin]
                address = "127.0.0.1:%d"
                [[listeners]]
                address = "127.0.0.1:%d"
                [pools.app]
                members = ["%s"]
                [pools.app.health]
                interval = "500ms"
                [shutdown]
                grace = "5s"
                """.formatted(freePort(), port, member.address()));
    }

    @AfterEach
    void endAll() {
        processes.forEach(Daemon::close);
        member.close();
    }

    @Test
    void noRequestIsLostOnKeptConnectionsOrNewOnes() throws Exception {
        Succession seen = Succession.play(directory, new Succession.Rates(300, 200), 8);
        System.out.println(seen);
        assertThat(seen.kept().reasons()).isEmpty();
        assertThat(seen.kept().lost()).isZero();
        assertThat(seen.anew().reasons()).isEmpty();
        assertThat(seen.anew().lost()).isZero();
        assertThat(seen.sentBefore()).isPositive();
        assertThat(seen.sentAfter()).isPositive();
        assertThat(seen.complaints()).isEmpty();
    }

    @Test
    void probesOfReadinessComeToTheNewcomer() throws Exception {
        Daemon old = serving();
        String page = Serving.of(old).page();
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ask(idle);
            serving("--takeover");
            old.signal("TERM");
            old.awaitLine(line -> line.contains("stopping"));
            while (old.isAlive()) {
                assertThat(readiness(page)).isEqualTo(200);
            }
            assertThat(idle.getInputStream().read()).as("the end of the grace").isNegative();
        }
    }

    @Test
    void withoutTheWordForItAnAddressThatIsTakenIsRefused() throws Exception {
        serving();
        try (Daemon second = Daemon.quickFairlead("run", "-c", config.toString())) {
            assertThat(second.exitCode()).as(second.output()).isEqualTo(1);
            assertThat(second.output()).contains("admin").contains("the address is in use");
        }
        Path other = Files.writeString(
                directory.resolve("other.toml"),
                Files.readString(config).replaceFirst("127.0.0.1:\\d+", "127.0.0.1:0"));
        try (Daemon third = Daemon.quickFairlead("run", "-c", other.toString())) {
            assertThat(third.exitCode()).as(third.output()).isEqualTo(1);
            assertThat(third.output()).contains("listener http").contains("the address is in use");
        }
    }

    @Test
    void whereNobodyListensThereIsNothingToTakeOver() throws Exception {
        Daemon alone = serving("--takeover");
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ask(client);
        }
        alone.signal("TERM");
        assertThat(alone.exitCode()).as(alone.output()).isZero();
    }

    @Test
    void clientThatIdlesDoesNotKeepItFromStopping() throws Exception {
        Daemon fairlead = serving();
        try (Socket idle = new Socket(InetAddress.getLoopbackAddress(), port)) {
            ask(idle);
            fairlead.signal("TERM");
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
            assertThat(idle.getInputStream().read()).isNegative();
        }
    }

    private Daemon serving(String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-c", config.toString()));
        command.addAll(List.of(options));
        Daemon fairlead = Daemon.quickFairlead(command.toArray(String[]::new));
        processes.add(fairlead);
        Serving.of(fairlead);
        return fairlead;
    }

    private int readiness(String page) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(page + "readyz")).build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static void ask(Socket client) throws IOException {
        client.getOutputStream().write("GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] answer = new byte[4096];
        int got = 0;
        while (!new String(answer, 0, got, StandardCharsets.US_ASCII).endsWith("ok\n")) {
            int more = client.getInputStream().read(answer, got, answer.length - got);
            assertThat(more)
                    .as(new String(answer, 0, got, StandardCharsets.US_ASCII))
                    .isPositive();
            got += more;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
