package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands, their output and their exit codes. */
class CommandsIT {
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void versionIsPrinted() throws Exception {
        try (Daemon fairlead = Daemon.fairlead("version")) {
            assertThat(fairlead.exitCode()).isZero();
            assertThat(fairlead.output()).matches("fairlead \\d+\\.\\d+\\.\\d+\\S*");
        }
    }

    @Test
    void wrongUsageExitsWithTwo() throws Exception {
        try (Daemon fairlead = Daemon.fairlead("run", "--no-such-option")) {
            assertThat(fairlead.exitCode()).isEqualTo(2);
            assertThat(fairlead.output()).contains("--no-such-option").contains("Usage:");
        }
    }

    @Test
    void fiveMistakesAreFivePlacedErrorsAndNothingIsStarted() throws Exception {
        Path file = write("""
                [[listeners]]
                address = "127.0.0.1"

                [pools.app]
                stratgy = "round-robin"
                members = ["127.0.0.1:9001"]

                [pools.app.health]
                interval = 2
                fall = 0

                [[routes]]
                pool = "ap"
                """);
        for (String command : new String[] {"check", "run"}) {
            try (Daemon fairlead = Daemon.fairlead(command, "-c", file.toString())) {
                assertThat(fairlead.exitCode()).as(fairlead.output()).isEqualTo(1);
                assertThat(fairlead.output().lines().filter(line -> line.matches(".*config\\.toml:\\d+: .*")))
                        .hasSize(5)
                        .anySatisfy(line -> assertThat(line).contains(":2: ").contains("listeners"))
                        .anySatisfy(line -> assertThat(line)
                                .contains(":5: pools.app.stratgy: unknown key, did you mean \"strategy\"?"))
                        .anySatisfy(line -> assertThat(line).contains(":9: ").contains("interval"))
                        .anySatisfy(line -> assertThat(line).contains(":10: ").contains("fall"))
                        .anySatisfy(line -> assertThat(line).contains(":13: ").contains("did you mean \"app\"?"));
                assertThat(fairlead.output()).doesNotContain("serves on");
            }
        }
    }

    @Test
    void checkTellsWhatAFileAmountsTo() throws Exception {
        Path file = write("[pools.app]\nmembers = [\"127.0.0.1:9001\", \"127.0.0.1:9002\"]\n");
        try (Daemon fairlead = Daemon.fairlead("check", "-c", file.toString())) {
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
            assertThat(fairlead.output())
                    .contains("pool app", "round-robin", "127.0.0.1:9002", "0.0.0.0:8080", "127.0.0.1:9090");
        }
    }

    @Test
    void anAddressInUseIsSaidInWordsAndEndsTheProgram() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Path file = write("""
                    [admin]
                    address = "127.0.0.1:0"
                    [[listeners]]
                    address = "0.0.0.0:%d"
                    [pools.app]
                    members = ["127.0.0.1:9001"]
                    """.formatted(taken.getLocalPort()));
            try (Daemon fairlead = Daemon.fairlead("run", "-c", file.toString())) {
                assertThat(fairlead.exitCode()).as(fairlead.output()).isEqualTo(1);
                assertThat(fairlead.output()).contains("listener http").contains("in use");
            }
        }
    }

    @Test
    void theDemoServesThroughItsOwnMembersAndShowsThem() throws Exception {
        try (Daemon demo = Daemon.fairlead("demo", "--port", "0", "--admin-port", "0")) {
            Serving demoServes = Serving.of(demo);
            for (int i = 1; i <= 3; i++) {
                String member = "member app/app-" + i + " serves";
                demo.awaitLine(printed -> printed.contains(member));
            }
            String all = "";
            for (int i = 0; i < 12; i++) {
                all += get(demoServes.url());
            }
            assertThat(all).contains("hello from app-1", "hello from app-2");
            assertThat(get(demoServes.page())).contains("<!doctype html>");
            assertThat(get(demoServes.page() + "api/v1/status")).contains("\"id\":\"app-3\"");
            String admin = URI.create(demoServes.page()).getAuthority();
            try (Daemon check = Daemon.fairlead("members", "check", "app/app-1", "--admin", admin)) {
                assertThat(check.exitCode()).as(check.output()).isZero();
                assertThat(check.output()).contains("app/app-1 serves (up, for ", "would take it down", "TIME");
            }
            demo.signal("TERM");
            assertThat(demo.exitCode()).as(demo.output()).isZero();
        }
    }

    @Test
    void sigtermLetsARequestInFlightFinishAndExitsWithZero() throws Exception {
        try (ServerSocket member = new ServerSocket(0);
                Daemon fairlead = Daemon.fairlead("run", "-c", before(member).toString())) {
            Serving serving = Serving.of(fairlead);
            try (Held held = Held.at(member, serving)) {
                fairlead.signal("TERM");
                fairlead.awaitLine(printed -> printed.contains("stopping"));
                Daemon.await("no longer ready", () -> status(serving.page() + "readyz") == 503);
                String answer = held.answered("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone");
                assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\ndone");
                assertThat(answer).containsIgnoringCase("connection: close");
            }
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
            assertThat(fairlead.output()).doesNotContain("LEAK");
        }
    }

    @Test
    void aSecondSignalStopsAtOnce() throws Exception {
        try (ServerSocket member = new ServerSocket(0);
                Daemon fairlead = Daemon.fairlead("run", "-c", before(member).toString());
                Held held = Held.at(member, Serving.of(fairlead))) {
            fairlead.signal("TERM");
            fairlead.awaitLine(printed -> printed.contains("stopping"));
            fairlead.signal("TERM");
            assertThat(fairlead.exitCode()).isEqualTo(1);
            assertThat(fairlead.output()).doesNotContain("stopped");
            assertThat(held.request().isConnected()).isTrue();
        }
    }

    /** A request that is at the member, and waits for its answer. */
    private record Held(Socket client, Socket request) implements AutoCloseable {
        static Held at(ServerSocket member, Serving serving) throws IOException {
            Socket client = new Socket(InetAddress.getLoopbackAddress(), serving.port());
            client.setSoTimeout(60_000);
            client.getOutputStream().write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            Socket request = member.accept();
            assertThat(request.getInputStream().read()).isEqualTo('G');
            return new Held(client, request);
        }

        /** Has the member answer; all that the client then gets. */
        String answered(String answer) throws IOException {
            request.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        @Override
        public void close() throws IOException {
            client.close();
            request.close();
        }
    }

    private Path before(ServerSocket member) throws IOException {
        return write("""
                [admin]
                address = "127.0.0.1:0"
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = ["127.0.0.1:%d"]
                """.formatted(member.getLocalPort()));
    }

    /** A member that takes connections and says nothing holds the start up for a while. */
    @Test
    void aSignalThatComesBeforeItServesIsObeyedOnceItDoes() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            Path file = write("""
                    [admin]
                    address = "127.0.0.1:0"
                    [[listeners]]
                    address = "127.0.0.1:0"
                    [pools.app]
                    members = ["127.0.0.1:%d"]
                    [pools.app.health]
                    """.formatted(silent.getLocalPort()));
            try (Daemon fairlead = Daemon.fairlead("run", "-c", file.toString())) {
                fairlead.awaitLine(line -> line.contains("transport "));
                fairlead.signal("HUP");
                fairlead.awaitLine(line -> line.contains(" serves on "));
                fairlead.awaitLine(line -> line.contains("the configuration was reloaded by SIGHUP"));
            }
        }
    }

    private Path write(String toml) throws IOException {
        return Files.writeString(directory.resolve("config.toml"), toml);
    }

    private String get(String url) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }

    private int status(String url) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            return -1;
        }
    }
}
