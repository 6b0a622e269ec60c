package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fairlead.balance.strategy.hash.ConsistentHashOptions;
import io.fairlead.balance.strategy.hash.HashKey;
import io.fairlead.config.ConfigProblem.Severity;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.probe.ExpectedBody;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.PoolSettings;
import io.fairlead.pool.RetryCondition;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.log.AccessLogSettings;
import io.fairlead.route.RouteSettings;
import io.fairlead.settings.Choice;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Output;
import io.fairlead.settings.Share;
import io.fairlead.settings.Size;
import io.fairlead.settings.StatusRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConfigReaderTest {
    private static final String SMALLEST = "[pools.app]\nmembers = [\"127.0.0.1:9001\", \"127.0.0.1:9002\"]\n";

    @TempDir
    Path directory;

    private final ConfigReader reader = new ConfigReader(Map.of("WEIGHT", "7"), Scripted::implementations);

    private Reading reading(String text) throws ConfigException {
        return reader.readWithWarnings("config.toml", text, directory);
    }

    private static PoolSettings pool(Config config, String name) {
        return Objects.requireNonNull(config.pools().get(name));
    }

    @Test
    void onePoolIsAConfiguration() throws ConfigException {
        Config config = reading(SMALLEST).config();
        assertThat(config.admin().address()).hasToString("127.0.0.1:9090");
        assertThat(config.admin().token().isSet()).isFalse();
        assertThat(config.listeners())
                .containsExactly(new ListenerSettings(
                        "http",
                        new ListenAddress("0.0.0.0", 8080),
                        List.of(),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(75),
                        new Size(16 << 10),
                        new Size(0)));
        assertThat(config.routes()).containsExactly(RouteSettings.everythingTo("app"));
        PoolSettings pool = pool(config, "app");
        assertThat(pool.strategy()).isEqualTo(new Choice("round-robin", new Scripted.None()));
        assertThat(pool.members()).extracting(MemberSettings::id).containsExactly("127.0.0.1:9001", "127.0.0.1:9002");
        assertThat(pool.health()).isEmpty();
        assertThat(pool.retry().on())
                .extracting(RetryCondition::word)
                .containsExactlyInAnyOrder("connect-failure", "reset", "502", "503", "504");
        assertThat(config.accessLog()).isEmpty();
    }

    @Test
    void anAccessLogGoesToStandardOutputUnlessItSaysOtherwise() throws ConfigException {
        String pool = "[pools.app]\nmembers = [\"127.0.0.1:9001\"]\n";
        Config standard = reader.read("config.toml", pool + "[access_log]", Path.of("dir"));
        assertThat(standard.accessLog().orElseThrow())
                .isEqualTo(new AccessLogSettings(
                        Output.parse("-"), AccessLogSettings.Format.JSON, Duration.ZERO, List.of()));
        Config none = reader.read("config.toml", pool + "[access_log]\npath = \"\"", Path.of("dir"));
        assertThat(none.accessLog().orElseThrow().path().isNone()).isTrue();
    }

    @Test
    void everyKeyReachesItsComponent() throws ConfigException, IOException {
        Path file = Path.of("src/test/resources/config/good/everything.toml");
        Config config = reader.read(file);
        assertThat(config.admin().token().value()).isEqualTo("open sesame");
        assertThat(config.listeners()).extracting(ListenerSettings::name).containsExactly("public", "inside");
        ListenerSettings listener = config.listeners().get(0);
        assertThat(listener.address()).isEqualTo(new ListenAddress("::", 8443));
        assertThat(listener.trustedProxies()).hasToString("[private, 192.0.2.0/24]");
        assertThat(listener.maxBodySize()).isEqualTo(new Size(10 << 20));
        assertThat(config.routes()).extracting(RouteSettings::pool).containsExactly("api", "blue green");
        assertThat(config.routes().get(0).timeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.routes().get(1).pathExact()).contains("/");
        assertThat(config.pools()).containsOnlyKeys("api", "blue green");

        PoolSettings api = pool(config, "api");
        assertThat(api.strategy().options())
                .isEqualTo(new ConsistentHashOptions(
                        HashKey.parse("header:X-Tenant"), new Share(1.5), ConsistentHashOptions.Fallback.ROUND_ROBIN));
        assertThat(api.members()).extracting(MemberSettings::weight).containsExactly(2, 1);
        assertThat(api.members().get(1).address().host()).isEqualTo("2001:db8::1");
        HealthSettings health = api.health().orElseThrow();
        assertThat(health.interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(health.type().options())
                .isEqualTo(new Scripted.Http(
                        "/h\"ealth",
                        "GET",
                        "",
                        Map.of("X-Probe", "a, }] b", "X-Other", "#"),
                        List.of(new StatusRange(204, 204)),
                        new ExpectedBody("/\"status\":\\s*\"up\"/"),
                        8000));
        assertThat(api.retry().on()).isEqualTo(Set.of());
        assertThat(api.retry().budget()).isEqualTo(new Share(0.125));
        assertThat(api.retry().perTryTimeout()).isEqualTo(Duration.ofMillis(700));
        assertThat(api.retry().nonIdempotent()).isTrue();
        assertThat(api.timeouts().connect()).isEqualTo(Duration.ofMillis(250));
        assertThat(api.timeouts().firstByte()).isEqualTo(Duration.ofHours(1));

        AccessLogSettings log = config.accessLog().orElseThrow();
        assertThat(log.path().file()).contains(file.toAbsolutePath().resolveSibling("logs/access.log"));
        assertThat(log.format()).isEqualTo(AccessLogSettings.Format.COMBINED);
        assertThat(log.minDuration()).isEqualTo(Duration.ofMillis(100));
        assertThat(log.status()).hasToString("[404, 500-599]");

        PoolSettings other = pool(config, "blue green");
        assertThat(other.health().orElseThrow().start()).isEqualTo(HealthSettings.Start.UP);
        assertThat(other.health().orElseThrow().type()).isEqualTo(new Choice("tcp", new Scripted.None()));
    }

    @Test
    void anArrayOfTablesNeedsNoTableAboveIt() throws ConfigException {
        String text = """
                [[pools.app.members]]
                address = "127.0.0.1:1"
                [pools.app.health]
                headers = { A = "b" }
                [pools.app]
                host = "member"
                """;
        Config config = reading(text).config();
        PoolSettings pool = pool(config, "app");
        assertThat(pool.host()).isEqualTo("member");
        assertThat(pool.health().orElseThrow().type().options())
                .isInstanceOfSatisfying(
                        Scripted.Http.class, http -> assertThat(http.headers()).containsExactly(Map.entry("A", "b")));
    }

    @Test
    void poolsKeepTheOrderOfTheFileInEitherForm() throws ConfigException {
        String routes = "[[routes]]\npool = \"z\"\n";
        String tables =
                "[pools.z]\nmembers = [\"a:1\"]\n[pools.m]\nmembers = [\"a:1\"]\n[pools.a]\nmembers = [\"a:1\"]\n";
        String inline =
                "pools = { z = { members = [\"a:1\"] }, m = { members = [\"a:1\"] }, a = { members = [\"a:1\"] } }\n";
        assertThat(reading(tables + routes).config().pools().keySet()).containsExactly("z", "m", "a");
        assertThat(reading(inline + routes).config().pools().keySet()).containsExactly("z", "m", "a");
    }

    @Test
    void emptyListsOfListenersAndRoutesAreAsGoodAsNone() throws ConfigException {
        Config config = reading("listeners = []\nroutes = []\n" + SMALLEST).config();
        assertThat(config.listeners()).hasSize(1);
        assertThat(config.routes()).containsExactly(RouteSettings.everythingTo("app"));
    }

    @Test
    void escapesMeanWhatTomlSays() throws ConfigException {
        Map<String, String> texts = Map.of(
                "\"C:\\\\temp\\\\new\"", "C:\\temp\\new",
                "\"ends in \\\\\"", "ends in \\",
                "\"a \\\"quote\\\" and 'more'\"", "a \"quote\" and 'more'",
                "\"it's \\\\ both\"", "it's \\ both",
                "\"\\u00e9\\U0001F600\\u005cn\"", "é\uD83D\uDE00\\n",
                "\"\"\"\na \\\n   b\\tc\"\"\"", "a b\tc",
                "'\\n stays'", "\\n stays",
                "'''\nit's'''", "it's",
                "\"\\u0027\\u0027\"", "''");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            PoolSettings pool =
                    pool(reading(SMALLEST + "host = " + text.getKey() + "\n").config(), "app");
            assertThat(pool.host()).as(text.getKey()).isEqualTo(text.getValue());
        }
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThatThrownBy(() -> reading((SMALLEST + "stratgy = \"random\"\n").replace("\n", "\r\n")))
                .hasMessage("config.toml:3: pools.app.stratgy: unknown key, did you mean \"strategy\"?\n"
                        + "    stratgy = \"random\"\n    ^");
    }

    @Test
    void aNumberMayComeFromTheEnvironment() throws ConfigException {
        PoolSettings pool = pool(
                reading("[[pools.app.members]]\naddress = \"a:1\"\nweight = \"${WEIGHT}\"\n")
                        .config(),
                "app");
        assertThat(pool.members().get(0).weight()).isEqualTo(7);
    }

    @Test
    void warningsComeWithTheConfiguration() throws ConfigException {
        Reading reading = reading(SMALLEST
                + "[pools.b]\nmembers = [\"127.0.0.1:1\"]\n[pools.b.health]\ninterval = \"500ms\"\n"
                + "[[routes]]\npool = \"app\"\n");
        assertThat(reading.warnings())
                .allSatisfy(warning -> assertThat(warning.severity()).isEqualTo(Severity.WARNING))
                .extracting(warning -> warning.line() + " " + warning.path() + ": " + warning.message())
                .containsExactly(
                        "3 pools.b: no route leads to it",
                        "5 pools.b.health.timeout: longer than the interval between two probes");
        assertThat(reading.warnings().get(0))
                .hasToString("config.toml:3: warning: pools.b: no route leads to it\n    [pools.b]\n           ^");
    }

    @Test
    void problemsTellTheirPartsBesideTheirText() {
        assertThatThrownBy(() -> reading(SMALLEST + " stratgy = \"random\"\n"))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        refusal -> assertThat(refusal.problems())
                                .singleElement()
                                .satisfies(problem -> {
                                    assertThat(problem.severity()).isEqualTo(Severity.ERROR);
                                    assertThat(problem.line()).isEqualTo(3);
                                    assertThat(problem.column()).isEqualTo(2);
                                    assertThat(problem.path()).isEqualTo("pools.app.stratgy");
                                    assertThat(problem.suggestion()).contains("strategy");
                                    assertThat(problem.excerpt()).isEqualTo(" stratgy = \"random\"\n ^");
                                }));
    }

    @Test
    void readsAFileAndCallsItAsItWasGiven() throws IOException {
        Path file = Files.writeString(directory.resolve("my.toml"), "[pools.app]\n");
        assertThatThrownBy(() -> reader.read(file)).hasMessageStartingWith(file + ":1: pools.app.members: missing");
    }

    @Test
    void aFileThatCannotBeReadIsAnErrorOfTheSameForm() throws IOException {
        Path missing = directory.resolve("missing.toml");
        assertThatThrownBy(() -> reader.read(missing))
                .isInstanceOf(ConfigException.class)
                .hasMessage(missing + ": cannot be read: no such file");
        assertThatThrownBy(() -> reader.read(directory))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(directory + ": cannot be read: ");
        Path latin = Files.write(directory.resolve("latin.toml"), new byte[] {'#', '\n', '#', (byte) 0xe9, '\n'});
        assertThatThrownBy(() -> reader.read(latin))
                .isInstanceOf(ConfigException.class)
                .hasMessage(latin + ":2: not UTF-8");
        Path large = Files.writeString(directory.resolve("large.toml"), "#".repeat((1 << 20) + 1));
        assertThatThrownBy(() -> reader.read(large))
                .isInstanceOf(ConfigException.class)
                .hasMessage(large + ": larger than 1MiB");
        assertThatThrownBy(() -> reading("#".repeat((1 << 20) + 1))).hasMessage("config.toml: larger than 1MiB");
    }

    @Test
    void readsThousandsOfMembers() throws ConfigException {
        StringBuilder text = new StringBuilder("[pools.app]\nmembers = [\n");
        for (int i = 0; i < 2_000; i++) {
            text.append("    \"10.").append(i / 256).append('.').append(i % 256).append(".1:9001\",\n");
        }
        PoolSettings pool = pool(reading(text + "]\n").config(), "app");
        assertThat(pool.members()).hasSize(2_000);
    }

    @Test
    void ofThousandsOfErrorsItTellsTheFirstAndHowManyThereAre() {
        assertThatThrownBy(() -> reading(SMALLEST + "[admin]\n" + "token = 1\n".repeat(5_000)))
                .isInstanceOfSatisfying(ConfigException.class, refusal -> {
                    assertThat(refusal.problems()).hasSize(1_001);
                    assertThat(refusal.problems().get(1_000).format())
                            .isEqualTo("config.toml:1004: and 4000 more errors, from here on\n    token = ***\n    ^");
                });
    }

    /** Who opens a pipe waits for somebody who writes. */
    @Test
    @Timeout(20)
    void aPipeIsRefusedAtOnceWhereverAFileIsExpected() throws Exception {
        Path pipe = directory.resolve("pipe");
        assumeThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
        String words = "it is a pipe or a device (expected: a file)";
        assertThatThrownBy(() -> reader.read(pipe)).hasMessageContaining("pipe: cannot be read: " + words);
        assertThatThrownBy(() -> reading("[admin]\ntoken = \"${file:pipe}\"\n" + SMALLEST))
                .hasMessageContaining(words);
        assertThatThrownBy(() -> reading(SMALLEST + "[pools.app.tls]\nca = \"pipe\"\n"))
                .hasMessageContaining(words);
    }
}
