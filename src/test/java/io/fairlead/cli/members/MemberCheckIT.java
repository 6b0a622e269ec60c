package io.fairlead.cli.members;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.fairlead.LoadBalancer;
import io.fairlead.config.ConfigReader;
import io.fairlead.network.Transport;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code members check} before a running Fairlead. */
class MemberCheckIT {
    private static final Duration NOW = Duration.ZERO;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private HttpServer well;

    @SuppressWarnings("NullAway.Init")
    private LoadBalancer fairlead;

    private volatile int status = 200;

    private record Run(int exit, String out, String err) {}

    @BeforeEach
    void start() throws Exception {
        well = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        well.createContext("/", exchange -> {
            byte[] body = "hello\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        well.start();
        String toml = """
                [admin]
                address = "127.0.0.1:0"
                token = "hunter2"
                [[listeners]]
                address = "127.0.0.1:0"
                [[routes]]
                pool = "app"
                [[routes]]
                path = "/plain"
                pool = "plain"
                [pools.app]
                members = [{ address = "127.0.0.1:%d" }, { address = "127.0.0.1:%d", id = "gone" }]
                [pools.app.health]
                path = "/health"
                interval = "1h"
                fast_interval = "1h"
                down_interval = "1h"
                [pools.plain]
                members = ["127.0.0.1:%1$d"]
                """.formatted(well.getAddress().getPort(), freePort());
        fairlead = LoadBalancer.start(
                        new ConfigReader(Map.of()).readWithWarnings("test.toml", toml, Path.of(".")),
                        "test.toml",
                        Transport.AUTO)
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        fairlead.stop(NOW, NOW).toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        well.stop(0);
    }

    @Test
    void aMemberThatServesIsFineAndItsRulesAndHistoryAreTold() {
        Run run = check("app/" + member());
        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
        List<String> lines = run.out().lines().toList();
        assertThat(lines.get(0))
                .matches("app/" + member() + " serves \\(up, for \\d+ s\\): the first probe passed: 200");
        assertThat(lines.get(1)).matches("probe    passed: 200 in .* ms");
        assertThat(lines.get(2)).isEqualTo("verdict  3 failures in a row would take it down");
        assertThat(lines.get(3)).startsWith("rules    http probe: path /health, method GET, expect_status 200-299");
        assertThat(run.out()).containsPattern("TIME +SOURCE +RESULT +COUNT +TOOK +WHY");
        List<String> table = lines.subList(lines.indexOf("") + 2, lines.size());
        assertThat(table).hasSize(3);
        assertThat(table.get(0)).containsPattern("active +passed +2 of 2 +[0-9.]+ ms +200 in");
        assertThat(table.get(1)).containsPattern("active +-> up +the first probe passed");
        assertThat(table.get(2)).containsPattern("active +passed +1 of 1");
    }

    @Test
    void aMemberThatBeginsToFailStillServesAndTheVerdictCounts() {
        status = 500;
        assertThat(check("app/" + member()).out())
                .contains("verdict  3 failures in a row take it down; this is the 1st");
        Run second = check("app/" + member());
        assertThat(second.out()).contains("serves (falling, ", "2 of 3 probes failed", "this is the 2nd");
        assertThat(second.exit()).isZero();

        Run third = check("app/" + member());
        assertThat(third.out()).contains("does not serve (down, ", "it is down; 2 passes in a row bring it up");
        assertThat(third.exit()).isEqualTo(1);
    }

    @Test
    void aMemberThatRefusesDoesNotServe() {
        Run run = check("app/gone");
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).startsWith("app/gone does not serve (down, for ").contains("connection refused");
    }

    @Test
    void asJsonItIsBothAnswers() {
        Run run = check("app/gone", "--json");
        JsonObject json = new JsonObject(run.out());
        assertThat(json.getJsonObject("check").getJsonObject("entry").getString("result"))
                .isEqualTo("failed");
        assertThat(json.getJsonObject("health").getJsonArray("entries")).isNotEmpty();
        assertThat(json.getJsonObject("health").getString("health")).isEqualTo("down");
        assertThat(run.exit()).isEqualTo(1);
    }

    @Test
    void theHistoryIsAsLongAsAskedFor() {
        assertThat(check("app/" + member(), "--history", "1").out()).containsOnlyOnce("active");
        assertThat(check("app/" + member(), "--history", "0").out()).doesNotContain("TIME");
        assertThat(check("app/" + member(), "--history", "257").exit()).isEqualTo(2);
    }

    @Test
    void whereNothingChecksItSaysSo() {
        Run run = check("plain/" + member());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("no health check is configured for this pool");
        assertThat(run.out()).contains("plain/" + member() + " serves (up, for ");
    }

    @Test
    void aSlipInTheNameIsAnError() {
        Run near = check("ap/gone");
        assertThat(near.exit()).isEqualTo(1);
        assertThat(near.err()).isEqualTo("fairlead: there is no member ap/gone, did you mean app/gone?\n");
        assertThat(check("app/entirely-different").err()).contains("expected: one of app/127.0.0.1:");
    }

    @Test
    void whereNothingRunsItSaysSo() throws Exception {
        Run run = run("check", "app/gone", "--admin", "127.0.0.1:" + freePort());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).startsWith("fairlead: no Fairlead answers at 127.0.0.1:");
    }

    @Test
    void whereSomethingElseRunsItSaysSo() {
        Run run = run(
                "check", "app/gone", "--admin", "127.0.0.1:" + well.getAddress().getPort());
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is no Fairlead's admin address");
    }

    @Test
    void theConfigurationSaysWhereToAsk() throws Exception {
        Path file = directory.resolve("config.toml");
        int port = fairlead.adminAddress().port();
        Files.writeString(file, """
                [admin]
                address = ":%d"
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = ["127.0.0.1:9001"]
                """.formatted(port));
        assertThat(run("check", "app/" + member(), "-c", file.toString()).exit())
                .isZero();

        Files.writeString(file, "[pools.app]\n");
        Run broken = run("check", "app/gone", "-c", file.toString());
        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.err()).contains("pools.app.members", "--admin HOST:PORT");
        assertThat(run("check", "app/gone", "-c", directory.resolve("none.toml").toString())
                        .err())
                .contains("cannot be read", "--admin HOST:PORT");
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(run().exit()).isEqualTo(2);
        assertThat(run("check").exit()).isEqualTo(2);
        assertThat(check("gone").err()).contains("expected: a pool and a member");
        assertThat(check("gone").exit()).isEqualTo(2);
        assertThat(run("drian", "app/gone").exit()).isEqualTo(2);
    }

    private String member() {
        return "127.0.0.1:" + well.getAddress().getPort();
    }

    private Run check(String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "check";
        all[1] = "--admin";
        all[2] = fairlead.adminAddress().toString();
        System.arraycopy(args, 0, all, 3, args.length);
        return run(all);
    }

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new MembersCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(args);
        return new Run(exit, out.toString(), err.toString());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
