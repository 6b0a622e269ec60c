package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Trial;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.program.Daemon;
import io.fairlead.reload.ConfigSource;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration file that is watched: whatever way it is changed, it is taken, once. */
class FileWatchIT {
    @TempDir
    private Path directory;

    private LoadBalancer fairlead;

    private static String config(boolean watch, int queue) {
        return """
                [admin]
                address = "127.0.0.1:0"
                watch = %s
                [[listeners]]
                address = "127.0.0.1:0"
                [pools.app]
                members = ["127.0.0.1:9"]
                max_queue = %d
                """.formatted(watch, queue);
    }

    @BeforeEach
    void start() throws Exception {
        // As Kubernetes does it: the file is reached by a link to a directory that is swapped as a whole.
        Path first = Files.createDirectory(directory.resolve("..1"));
        Files.writeString(first.resolve("config.toml"), config(true, 1));
        Files.createSymbolicLink(directory.resolve("..data"), first);
        Path file = Files.createSymbolicLink(directory.resolve("config.toml"), Path.of("..data/config.toml"));
        ConfigSource source = ConfigSource.file(file, Map.of());
        fairlead = Apps.await(LoadBalancer.start(source, source.read(), Network.on(Transport.AUTO), System.out));
    }

    @AfterEach
    void stop() throws Exception {
        Apps.await(fairlead.stop(Duration.ZERO, Duration.ZERO));
    }

    private void awaitQueue(int length) {
        Daemon.await(
                "max_queue is " + length, () -> fairlead.pool("app").settings().maxQueue() == length);
    }

    private Optional<LoadedConfig.Reload> lastReload() {
        try {
            return Apps.await(fairlead.onControl(() -> Future.succeededFuture(fairlead.config())))
                    .lastReload();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void itIsTakenHoweverItIsChangedAndOnlyAsLongAsItWantsThat() throws Exception {
        Path file = directory.resolve("config.toml").toRealPath();
        Files.writeString(file, config(true, 2));
        awaitQueue(2);

        Path replacement = Files.writeString(directory.resolve("config.toml~"), config(true, 3));
        Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
        awaitQueue(3);

        Path next = Files.createDirectory(directory.resolve("..2"));
        Files.writeString(next.resolve("config.toml"), config(true, 4));
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), next);
        Files.move(link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        awaitQueue(4);

        Files.writeString(next.resolve("config.toml"), "nonsense");
        Daemon.await("it is refused", () -> !lastReload().orElseThrow().ok());
        assertThat(fairlead.pool("app").settings().maxQueue()).isEqualTo(4);

        Files.writeString(next.resolve("config.toml"), config(false, 5));
        awaitQueue(5);
        LoadedConfig.Reloads reloads = Apps.await(fairlead.onControl(() -> Future.succeededFuture(fairlead.config())))
                .reloads();
        assertThat(reloads).isEqualTo(new LoadedConfig.Reloads(4, 1));
    }

    /** The watch notices the file after it was taken on trial, and does not make of it one for good. */
    @Test
    void whatIsOnTrialStaysOnTrial() throws Exception {
        Files.writeString(directory.resolve("config.toml").toRealPath(), config(true, 7));
        Trial trial = new Trial(Duration.ofSeconds(4), OptionalDouble.empty());
        Apps.await(fairlead.onControl(() -> fairlead.control().reload(Optional.of(trial), "the test")));
        assertThat(fairlead.pool("app").settings().maxQueue()).isEqualTo(7);
        awaitQueue(1);
        Daemon.await("it is told", () -> !lastReload().orElseThrow().ok());
        assertThat(lastReload().orElseThrow().message()).contains("nobody confirmed it in time");
    }
}
