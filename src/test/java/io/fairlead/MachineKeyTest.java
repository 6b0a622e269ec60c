package io.fairlead;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MachineKeyTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @TempDir
    Path directory;

    @Test
    void isTheSameAfterARestart() throws IOException {
        Path file = Files.writeString(directory.resolve("machine-id"), ID + "\n");
        assertThat(find(file)).isEqualTo(find(file));
    }

    @Test
    void isNotTheIdItself() throws IOException {
        Path file = Files.writeString(directory.resolve("machine-id"), ID);
        assertThat(new String(find(file).getEncoded(), java.nio.charset.StandardCharsets.UTF_8))
                .isNotEqualTo(ID);
    }

    @Test
    void theNextFileCountsWhereOneIsMissingOrEmpty() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty"), "");
        Path file = Files.writeString(directory.resolve("machine-id"), ID);
        Path missing = directory.resolve("missing");
        assertThat(MachineKey.find(List.of(missing, empty, file), true)).isEqualTo(find(file));
    }

    @Test
    void isMadeUpWhereTheMachineHasNoId() {
        Path missing = directory.resolve("missing");
        assertThat(find(missing)).isNotEqualTo(find(missing));
    }

    private static Key find(Path file) {
        return MachineKey.find(List.of(file), true);
    }
}
