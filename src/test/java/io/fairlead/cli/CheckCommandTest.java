package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code check} prints of pools. */
class CheckCommandTest {
    private static final String PLAIN = """
            [pools.app]
            members = ["127.0.0.1:9001"]
            """;
    private static final String SPECIAL = """
            [pools.app]
            strategy = "round-robin"
            slow_start = "30s"
            max_connections = 256
            max_queue = 64
            queue_timeout = "250ms"
            min_available = "12.5%"
            tls = { server_name = "app.internal" }
            members = [{ address = "127.0.0.1:9001" }, { address = "127.0.0.1:9002", id = "spare", weight = 2, tier = 1 }]

            [pools.app.sticky]
            cookie = "home"
            secret = "not to be shown"
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aPoolOfDefaultsIsALineAndItsMembers() throws Exception {
        assertThat(poolLines(PLAIN))
                .containsExactly(
                        "pool app  round-robin, no health check", "  member 127.0.0.1:9001  127.0.0.1:9001  weight 1");
    }

    @Test
    void whatAPoolDoesBesideThatIsALineEach() throws Exception {
        assertThat(poolLines(SPECIAL))
                .containsExactly(
                        "pool app  round-robin, no health check",
                        "  tls  verified, for app.internal",
                        "  slow start  30000 ms",
                        "  limit  256 in flight per member, queue of 64, 250 ms at most",
                        "  fail open  below 12.5% up",
                        "  sticky  cookie home",
                        "  member 127.0.0.1:9001  127.0.0.1:9001  weight 1",
                        "  member spare  127.0.0.1:9002  weight 2  tier 1");
    }

    @Test
    void aLimitWithoutAQueueIsSaid() throws Exception {
        assertThat(poolLines(PLAIN + "max_connections = 8\nmax_queue = 0\n"))
                .contains("  limit  8 in flight per member, no queue");
    }

    @Test
    void whenOutliersAreEjectedIsSaidWhereItIsNotTheUsual() throws Exception {
        String table = PLAIN + "[pools.app.outlier]\n";
        assertThat(poolLines(table + "consecutive_failures = 3\nlatency_factor = 4.0\nmax_ejected = \"20%\"\n"))
                .contains("  outliers  ejected for 10000 ms at 3 failures in a row or a p90 of 4.0 times the peers'"
                        + " median, 20% of the members at most");
        assertThat(poolLines(table + "mode = \"observe\"\n"))
                .contains("  outliers  observed, not ejected for 10000 ms at 5 failures in a row, 50% of the members"
                        + " at most");
        assertThat(poolLines(table + "consecutive_failures = 0\n")).contains("  outliers  never ejected");
    }

    @Test
    void tlsThatVerifiesNothingIsSaid() throws Exception {
        assertThat(poolLines(PLAIN + "tls = { verify = false }\n")).contains("  tls  not verified");
        assertThat(poolLines(PLAIN + "[pools.app.tls]\n")).contains("  tls  verified, for each member's own name");
    }

    @Test
    void theSameAsJson() throws Exception {
        JsonObject app = pool(SPECIAL);
        assertThat(app.getString("strategy")).isEqualTo("round-robin");
        assertThat(app.getString("tls")).isEqualTo("verified, for app.internal");
        assertThat(app.getInteger("slow_start_ms")).isEqualTo(30_000);
        assertThat(app.getInteger("max_connections")).isEqualTo(256);
        assertThat(app.getInteger("max_queue")).isEqualTo(64);
        assertThat(app.getInteger("queue_timeout_ms")).isEqualTo(250);
        assertThat(app.getDouble("min_available")).isEqualTo(0.125);
        assertThat(app.getString("sticky_cookie")).isEqualTo("home");
        assertThat(app.getJsonArray("members").getJsonObject(1).getInteger("tier"))
                .isEqualTo(1);
        assertThat(pool(PLAIN).containsKey("sticky_cookie")).isTrue();
        assertThat(pool(PLAIN).getValue("sticky_cookie")).isNull();
    }

    @Test
    void aSecretIsNeverPrinted() throws Exception {
        assertThat(check(SPECIAL) + check(SPECIAL, "--json")).contains("home").doesNotContain("not to be shown");
    }

    private List<String> poolLines(String toml) throws IOException {
        List<String> lines = check(toml).lines().toList();
        return lines.subList(lines.indexOf(firstPool(lines)), lines.size());
    }

    private static String firstPool(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("pool "))
                .findFirst()
                .orElseThrow();
    }

    private JsonObject pool(String toml) throws IOException {
        return new JsonObject(check(toml, "--json")).getJsonArray("pools").getJsonObject(0);
    }

    private String check(String toml, String... options) throws IOException {
        Path file = Files.writeString(directory.resolve("config.toml"), toml);
        List<String> args = new ArrayList<>(List.of("-c", file.toString()));
        args.addAll(List.of(options));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = new CommandLine(new CheckCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(args.toArray(String[]::new));
        assertThat(code).as(err.toString()).isEqualTo(FairleadCommand.FINE);
        return out.toString();
    }
}
