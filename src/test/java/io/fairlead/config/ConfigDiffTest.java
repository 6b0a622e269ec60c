package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Plan.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigDiffTest {
    private static final String POOL = "[pools.app]\nmembers = [\"10.0.0.1:80\", \"10.0.0.2:80\", \"10.0.0.3:80\"]\n";

    private static Config read(String text) throws ConfigException {
        return new ConfigReader(Map.of("A", "hunter2", "B", "hunter3"))
                .read("config.toml", text, Path.of("/etc/fairlead"));
    }

    private static List<String> between(String from, String to) throws ConfigException {
        return told(ConfigDiff.between(read(from), read(to)));
    }

    private static List<String> told(List<Change> changes) {
        return changes.stream()
                .map(change -> change.step() + " " + change.path() + ": " + change.from() + " -> " + change.to())
                .toList();
    }

    @Test
    void equalConfigurationsDoNotDiffer() throws ConfigException {
        assertThat(between(POOL, POOL)).isEmpty();
        assertThat(between(
                        POOL,
                        "[pools.app]\nstrategy = \"round-robin\"\n"
                                + "members = [\"10.0.0.1:80\", \"10.0.0.2:80\", \"10.0.0.3:80\"]\nqueue_timeout = \"1000ms\"\n"
                                + "[[listeners]]\n[[routes]]\npool = \"app\"\n[pools.app.retry]\n"))
                .isEmpty();
    }

    @Test
    void eachKeyThatDiffersIsTold() throws ConfigException {
        String from = """
                [[listeners]]
                name = "web"
                trusted_proxies = ["private"]
                [[routes]]
                host = "shop.example"
                path = "/api/"
                pool = "app"
                [[pools.app.members]]
                id = "blue"
                address = "10.0.0.1:80"
                [pools.app.health]
                [pools.app.outlier]
                max_ejected = "20%"
                """;
        String to = """
                [[listeners]]
                name = "web"
                max_body_size = "64KiB"
                trusted_proxies = ["private", "192.0.2.1"]
                [[routes]]
                host = "shop.example"
                path = "/api/"
                pool = "app"
                timeout = "30s"
                [[pools.app.members]]
                id = "blue"
                address = "10.0.0.1:80"
                weight = 5
                [pools.app.health]
                interval = "90s"
                headers = { X-Probe = "yes" }
                reuse_connection = true
                [pools.app.outlier]
                mode = "observe"
                latency_factor = 2
                """;
        assertThat(between(from, to))
                .containsExactly(
                        "CHANGED listeners.web.trusted_proxies: [\"private\"] -> [\"private\", \"192.0.2.1\"]",
                        "CHANGED listeners.web.max_body_size: \"0\" -> \"64KiB\"",
                        "CHANGED routes[\"shop.example/api/\"].timeout: \"0s\" -> \"30s\"",
                        "CHANGED pools.app.members.blue.weight: 1 -> 5",
                        "ADDED pools.app.health.headers.X-Probe:  -> (secret)",
                        "CHANGED pools.app.health.reuse_connection: false -> true",
                        "CHANGED pools.app.health.interval: \"2s\" -> \"90s\"",
                        "CHANGED pools.app.outlier.latency_factor: 0.0 -> 2.0",
                        "CHANGED pools.app.outlier.max_ejected: \"20%\" -> \"50%\"",
                        "CHANGED pools.app.outlier.mode: \"enforce\" -> \"observe\"");
    }

    @Test
    void whatComesOrGoesIsOneChangeWhereItStandsOrStood() throws ConfigException {
        String from = """
                access_log = { format = "combined" }
                [[listeners]]
                name = "a"
                [[listeners]]
                name = "b"
                address = ":81"
                [pools.app]
                members = ["10.0.0.1:80", { address = "10.0.0.2:80" }]
                [pools."old one"]
                members = ["10.0.0.1:80"]
                [pools.last]
                members = ["10.0.0.1:80"]
                [[routes]]
                pool = "app"
                [[routes]]
                path_exact = "/old"
                pool = "old one"
                """.replace("\"10.0.0.1:80\", { address = \"10.0.0.2:80\" }", "\"10.0.0.1:80\", \"10.0.0.2:80\"");
        String to = """
                [[listeners]]
                name = "c c"
                address = ":82"
                [[listeners]]
                name = "b"
                address = ":81"
                [[routes]]
                path = "/new"
                pool = "new"
                [[routes]]
                pool = "app"
                [pools.app]
                members = [{ address = "10.0.0.3:80", weight = 2 }, { address = "10.0.0.1:80" }]
                [pools.new]
                members = ["10.0.0.1:80"]
                [pools.new.health]
                type = "tcp"
                [pools.last]
                members = ["10.0.0.1:80"]
                [pools.last.health]
                """;
        assertThat(between(from, to))
                .containsExactly(
                        "REMOVED listeners.a: { name = \"a\" } -> ",
                        "ADDED listeners[\"c c\"]:  -> { name = \"c c\", address = \"0.0.0.0:82\" }",
                        "ADDED routes[\"/new\"]:  -> { path = \"/new\", pool = \"new\" }",
                        "REMOVED routes[\"=/old\"]: { path_exact = \"/old\", pool = \"old one\" } -> ",
                        "ADDED pools.app.members[\"10.0.0.3:80\"]:  -> { address = \"10.0.0.3:80\", weight = 2 }",
                        "REMOVED pools.app.members[\"10.0.0.2:80\"]: \"10.0.0.2:80\" -> ",
                        "REMOVED pools.\"old one\": { members = [\"10.0.0.1:80\"] } -> ",
                        "ADDED pools.new:  -> { members = [\"10.0.0.1:80\"], health = { type = \"tcp\" } }",
                        "ADDED pools.last.health:  -> {}",
                        "REMOVED access_log: { format = \"combined\" } -> ");
    }

    @Test
    void aLongTextIsCut() throws ConfigException {
        String many = "\"10.0.0.1:80\", ".repeat(100).replace("10.0.0.1:80", "10.0.0.%d:80");
        Object[] numbers = new Object[100];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        String routes = "[[routes]]\npool = \"app\"\n";
        String added = "[pools.many]\nmembers = [" + String.format(many, numbers) + "]\n";
        List<Change> changes = ConfigDiff.between(read(routes + POOL), read(routes + POOL + added));
        assertThat(changes)
                .singleElement()
                .satisfies(change -> assertThat(change.to())
                        .hasSize(160)
                        .startsWith("{ members = [\"10.0.0.0:80\", ")
                        .endsWith("..."));
    }

    @Test
    void membersThatOnlyStandInAnotherOrderAreOneChange() throws ConfigException {
        String moved = "[pools.app]\nmembers = [\"10.0.0.1:80\", \"10.0.0.3:80\", \"10.0.0.4:80\", \"10.0.0.2:80\"]\n";
        assertThat(between(POOL, moved))
                .containsExactly(
                        "CHANGED pools.app.members: order 10.0.0.2:80, 10.0.0.3:80 -> "
                                + "order 10.0.0.3:80, 10.0.0.2:80",
                        "ADDED pools.app.members[\"10.0.0.4:80\"]:  -> \"10.0.0.4:80\"");
    }

    @Test
    void anotherChoiceBringsItsOptionsAsFarAsTheyAreSet() throws ConfigException {
        String hash = POOL + "strategy = \"consistent-hash\"\nhash_key = \"path\"\n";
        String ewma = POOL + "strategy = \"peak-ewma\"\n";
        assertThat(between(hash, ewma))
                .containsExactly(
                        "CHANGED pools.app.strategy: \"consistent-hash\" -> \"peak-ewma\"",
                        "REMOVED pools.app.hash_key: \"path\" -> ");
        assertThat(between(ewma, hash))
                .containsExactly(
                        "CHANGED pools.app.strategy: \"peak-ewma\" -> \"consistent-hash\"",
                        "ADDED pools.app.hash_key:  -> \"path\"");
    }

    @Test
    void aSecretIsNeverTold() throws ConfigException {
        String from = "admin = { token = \"${A}\" }\nevents = { webhook = \"https://hooks.example/hunter2\" }\n";
        String to = "admin = { token = \"hunter3\" }\n";
        assertThat(between(from + POOL, to + POOL))
                .containsExactly(
                        "CHANGED admin.token: (secret) -> (secret, changed)",
                        "CHANGED events.webhook: (secret) -> \"\"");
        assertThat(between(POOL, from + POOL))
                .containsExactly("CHANGED admin.token: \"\" -> (secret)", "CHANGED events.webhook: \"\" -> (secret)");
        assertThat(between("admin = { token = \"${A}\" }\n" + POOL, "admin = { token = \"hunter2\" }\n" + POOL))
                .isEmpty();
        assertThat(between(POOL, POOL + "[pools.app.sticky]\nsecret = \"hunter2\"\n"))
                .containsExactly("ADDED pools.app.sticky:  -> { secret = \"***\" }");
    }

    @Test
    void randomConfigurationsDifferWhereTheyDoAndTellNoSecret() {
        for (int seed = 0; seed < 200; seed++) {
            Config from = new RandomConfig(seed).next();
            Config to = new RandomConfig(seed + 1).next();
            assertThat(ConfigDiff.between(from, new RandomConfig(seed).next())).isEmpty();
            assertThat(ConfigDiff.between(from, to))
                    .as("seed %s", seed)
                    .isNotEmpty()
                    .allSatisfy(change -> assertThat(change.toString()).doesNotContain("hunter2"))
                    .allSatisfy(change -> assertThat(change.from()).isNotEqualTo(change.to()))
                    .extracting(Change::path)
                    .doesNotHaveDuplicates();
        }
    }
}
