package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Trial;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.program.Daemon;
import io.fairlead.reload.ConfigSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code watch = true} a change of the file is a reload of its own. */
class FileWatchIT {
    private final Apps apps = new Apps("a", "b");
    private final LoadBalancer fairlead;
    private final Path file;

    FileWatchIT(@TempDir Path directory) throws Exception {
        file = directory.resolve("config.toml");
        write("a");
        ConfigSource source = ConfigSource.file(file, Map.of());
        fairlead = Apps.await(LoadBalancer.start(source, source.read(), Network.on(Transport.AUTO), System.out));
    }

    @AfterEach
    void stop() throws Exception {
        Apps.await(fairlead.stop(Duration.ZERO, Duration.ZERO));
        apps.close();
    }

    private void write(String member) throws Exception {
        Path next = Files.writeString(file.resolveSibling("next"), """
                [admin]
                address = "127.0.0.1:0"
                watch = true
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = [{ address = "%s", id = "%s" }]
                """.formatted(apps.address(member), member));
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private String member() {
        return fairlead.pool("app").members().get(0).id();
    }

    @Test
    void aFileThatTakesItsPlaceIsTaken() throws Exception {
        write("b");
        Daemon.await("b is the member", () -> member().equals("b"));
    }

    /** The watch notices the file after it was taken on trial, and does not make of it one for good. */
    @Test
    void whatIsOnTrialStaysOnTrial() throws Exception {
        write("b");
        Apps.await(fairlead.onControl(() -> fairlead.control()
                .reload(Optional.of(new Trial(Duration.ofSeconds(5), OptionalDouble.empty())), "the test")));
        assertThat(member()).isEqualTo("b");
        Daemon.await("it goes back", () -> member().equals("a"));
        assertThat(fairlead.config().reloads().taken()).isEqualTo(1);
    }
}
