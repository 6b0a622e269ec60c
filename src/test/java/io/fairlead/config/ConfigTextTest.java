package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration written as a file is read as the same configuration. */
class ConfigTextTest {
    private static final Path DIRECTORY = Path.of("/etc/fairlead");
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "hunter2", "MEMBER", "10.0.0.9:9001");

    private final ConfigReader reader = new ConfigReader(ENVIRONMENT);

    private Config read(String text) throws ConfigException {
        return reader.read("config.toml", text, DIRECTORY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.toml", "src/test/resources/config/good/everything.toml"})
    void filesReadAreWrittenAndReadAgain(String file) throws ConfigException {
        ConfigReader withToken = new ConfigReader(Map.of("TOKEN", "hunter2"));
        Path path = Path.of(file).toAbsolutePath();
        Config config = withToken.read(path);
        for (String masked : List.of(ConfigText.of(config, ""), ConfigText.everythingOf(config, ""))) {
            // what a probe sends is a secret, and stands there in clear text
            String text = masked.replace("X-Probe = \"***\"", "X-Probe = \"a, }] b\"")
                    .replace("X-Other = \"***\"", "X-Other = \"#\"");
            assertThat(withToken.read(
                            "again.toml", text, path.resolveSibling(".").normalize()))
                    .as(text)
                    .isEqualTo(config);
        }
    }

    @Test
    void randomConfigurationsAreWrittenAndReadAgain() throws ConfigException {
        ConfigReader withSecrets = new ConfigReader(RandomConfig.ENVIRONMENT, RandomConfig.IMPLEMENTATIONS);
        for (int seed = 0; seed < 500; seed++) {
            Config config = new RandomConfig(seed).next();
            for (String text : List.of(ConfigText.of(config, ""), ConfigText.everythingOf(config, ""))) {
                assertThat(text).doesNotContain("hunter2");
                assertThat(withSecrets.read("again.toml", text, RandomConfig.DIRECTORY))
                        .as("seed %s: %s", seed, text)
                        .isEqualTo(config);
            }
        }
    }

    @Test
    void onlyWhatIsOtherThanByDefaultIsWritten() throws ConfigException {
        Config config = read(
                """
                [pools."blue green".health]
                interval = "1000ms"
                [pools."blue green"]
                strategy = "consistent-hash"
                hash_key = "header:X-Tenant"
                hash_balance_factor = "0%"
                max_queue = 1024
                members = ["${MEMBER}", { address = "10.0.0.2:9001" }]
                [pools."blue green".retry]
                on = ["503", "reset"]
                [pools.app]
                members = [{ address = "10.0.0.1:9001", id = "a", weight = 3 }, { address = "10.0.0.2:9001", id = "10.0.0.2:9001" }]
                [pools.app.outlier]
                [pools.app.sticky]
                [[listeners]]
                max_body_size = "1024KiB"
                [[routes]]
                pool = "app"
                [[routes]]
                host = "shop.example"
                pool = "blue green"
                """.replace("[\"${MEMBER}\", { address = \"10.0.0.2:9001\" }]", "[\"${MEMBER}\", \"10.0.0.2:9001\"]"));
        assertThat(ConfigText.of(config, "In force since noon.\n\nOf two")).isEqualTo("""
                # In force since noon.
                #
                # Of two

                [[listeners]]
                max_body_size = "1MiB"

                [[routes]]
                pool = "app"

                [[routes]]
                host = "shop.example"
                pool = "blue green"

                [pools."blue green"]
                strategy = "consistent-hash"
                hash_key = "header:X-Tenant"
                members = [
                    "10.0.0.9:9001",
                    "10.0.0.2:9001",
                ]

                [pools."blue green".health]
                interval = "1s"

                [pools."blue green".retry]
                on = ["503", "reset"]

                [pools.app]
                members = [
                    { address = "10.0.0.1:9001", id = "a", weight = 3 },
                    { address = "10.0.0.2:9001" },
                ]

                [pools.app.sticky]
                """);
    }

    @Test
    void everythingHasTheDefaultsToo() throws ConfigException {
        Config config = read("[pools.app]\nmembers = [\"10.0.0.1:9001\"]\n[pools.app.health]\ntype = \"tcp\"\n");
        assertThat(ConfigText.everythingOf(config, ""))
                .startsWith(
                        "[admin]\naddress = \"127.0.0.1:9090\"\ntoken = \"\"\nwatch = false\n\n[[listeners]]\nname = \"http\"\n")
                .contains(
                        "members = [{ address = \"10.0.0.1:9001\", id = \"10.0.0.1:9001\", weight = 1, tier = 0",
                        "[pools.app.health]\ntype = \"tcp\"\nport = 0\ninterval = \"2s\"\n",
                        "[pools.app.outlier]\nconsecutive_failures = 5\nlatency_factor = 0.0\n",
                        "on = [\"502\", \"503\", \"504\", \"connect-failure\", \"reset\"]\nbudget = \"20%\"\n",
                        "[events]\nwebhook = \"\"\n")
                .doesNotContain("access_log", "tls", "path_exact");
    }

    @Test
    void aSecretIsWrittenAsItsReferenceWithoutItsDefaultOrNotAtAll() throws ConfigException {
        Map<String, String> texts = Map.of(
                "hunter2", "***",
                "${TOKEN}", "${TOKEN}",
                "${TOKEN}${TOKEN}", "${TOKEN}${TOKEN}",
                "${UNSET:-}", "${UNSET:-}",
                "${UNSET:-hunter2}", "${UNSET:-***}",
                "hunter2${TOKEN}", "***",
                "$${hunter2", "***");
        for (Map.Entry<String, String> text : texts.entrySet()) {
            Config config =
                    read("[pools.app]\nmembers = [\"10.0.0.1:9001\"]\n[admin]\ntoken = \"" + text.getKey() + "\"\n");
            assertThat(ConfigText.of(config, ""))
                    .as(text.getKey())
                    .startsWith("[admin]\ntoken = \"" + text.getValue() + "\"\n")
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void whatIsReadBackWithAMaskIsAnotherConfigurationOrRefused() throws ConfigException, IOException {
        Config config =
                read("[pools.app]\nmembers = [\"10.0.0.1:9001\"]\n[events]\nwebhook = \"https://hooks.example/1\"\n");
        String text = ConfigText.of(config, "");
        assertThat(text).contains("[events]\nwebhook = \"***\"\n");
        assertThatThrownBy(() -> read(text)).hasMessageContaining("events.webhook");
    }
}
