package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.fairlead.admin.program.Plan;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Files up to the largest that is read: the large are read and compared, the hostile refused, in time linear in their size. */
class LargeFilesTest {
    private static final String POOL = "[pools.app]\nmembers = [\"127.0.0.1:9001\"]\n";

    private static Reading read(String text) throws ConfigException {
        return new ConfigReader(Map.of()).readWithWarnings("config.toml", text, Path.of("/etc/fairlead"));
    }

    @Test
    void aLargeConfigurationIsReadAndCompared() throws ConfigException {
        Reading reading = read(LargeConfig.STANDARD.text());
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.config().routes()).hasSize(1_000);
        assertThat(reading.config().pools())
                .hasSize(200)
                .allSatisfy((name, pool) -> assertThat(pool.members()).hasSize(10));
        LargeConfig other =
                LargeConfig.STANDARD.withWeight(7).withRoutePath("/other/").withLastMember("10.9.9.8:9001");
        assertThat(ConfigDiff.between(reading.config(), read(other.text()).config()))
                .hasSize(2_003)
                .extracting(Plan.Change::path)
                .startsWith("routes[\"host-0.example/service-0/\"]", "routes[\"host-0.example/other/\"]")
                .contains("pools.pool-0.members.m0.weight")
                .endsWith("pools.pool-199.members.m9.address", "pools.pool-199.members.m9.weight");
    }

    /** What once took minutes, or all of the stack: each is nearly a megabyte of one thing. */
    @Test
    void aFileOfOneThingOverAndOverIsRefusedInTime() {
        List<String> texts = List.of(
                POOL + "[admin]\n" + "token = \"a\"\n".repeat(80_000),
                "[pools.app]\nmembers = [" + "\"x\", ".repeat(100_000) + "]\n",
                "[pools.app]\nmembers = [\"" + "a.".repeat(500_000) + ":1\"]\n",
                POOL + "host = " + "1_".repeat(500_000) + "1\n",
                POOL + "[pools.app.health]\nexpect_body = \"/" + "(".repeat(500_000) + "/\"\n",
                POOL + "[[routes]]\npool = \"" + "x".repeat(500_000) + "\"\n[pools." + "x".repeat(400_000) + "]\n",
                "[" + "a.".repeat(500_000) + "a]\n",
                "a = " + "[".repeat(1_000_000));
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (String text : texts) {
                assertThatThrownBy(() -> read(text)).isInstanceOf(ConfigException.class);
            }
        });
    }
}
