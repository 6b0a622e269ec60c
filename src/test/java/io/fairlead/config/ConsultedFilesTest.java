package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fairlead.member.tls.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a configuration was read from, so that it is known when to read it again. */
class ConsultedFilesTest {
    @TempDir
    Path directory;

    private final ConfigReader reader = new ConfigReader(Map.of());

    @Test
    void areTheFileItselfAndAllThatItTakesSomethingFrom() throws ConfigException, IOException {
        Path file = Files.writeString(
                directory.resolve("config.toml"), """
                [admin]
                token = "${file:secrets/token}"
                [pools.app]
                members = ["${file:member}"]
                [pools.app.tls]
                ca = "ca.pem"
                cert = "CERT"
                [access_log]
                path = "access.log"
                """.replace("CERT", identity().toString()));
        Files.writeString(Files.createDirectory(directory.resolve("secrets")).resolve("token"), "hunter2");
        Files.writeString(directory.resolve("member"), "10.0.0.1:80\n");
        Files.writeString(directory.resolve("ca.pem"), Files.readString(identity()));
        assertThat(reader.readWithWarnings(file).files())
                .containsExactlyInAnyOrder(
                        file,
                        directory.resolve("secrets/token"),
                        directory.resolve("member"),
                        directory.resolve("ca.pem"),
                        identity());
    }

    private Path identity() throws IOException {
        Path file = directory.resolve("identity.pem");
        if (!Files.exists(file)) {
            Files.writeString(file, pem());
        }
        return file;
    }

    private static String pem() {
        var bundle = new Certificates().loopback();
        return bundle.getCertificatePathPEM() + bundle.getPrivateKeyPEM();
    }

    @Test
    void areToldOfAFileThatIsRefusedToo() throws IOException {
        Path file = Files.writeString(
                directory.resolve("config.toml"), "[pools.app]\nmembers = [\"${file:member}\"]\nhost = 5\n");
        ConfigException refusal = catchThrowableOfType(ConfigException.class, () -> reader.readWithWarnings(file));
        assertThat(refusal.files()).containsExactlyInAnyOrder(file, directory.resolve("member"));

        Path missing = directory.resolve("missing.toml");
        ConfigException none = catchThrowableOfType(ConfigException.class, () -> reader.readWithWarnings(missing));
        assertThat(none.files()).containsExactly(missing);
    }

    @Test
    void aTextAloneIsNoFile() throws ConfigException {
        Reading reading = reader.readWithWarnings("text", "[pools.app]\nmembers = [\"a:1\"]\n", directory);
        assertThat(reading.files()).isEmpty();
    }
}
