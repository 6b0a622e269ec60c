package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each file of {@code config/bad} is refused with exactly the text beside it: what a user reads. */
class BadFilesTest {
    private static final Path DIRECTORY = Path.of("src/test/resources/config/bad");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("MEMBER", "hidden-host", "STRATEGY", "hidden-strategy", "WEIGHT", "999", "NUMBER", "many");

    static Stream<String> names() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".toml"))
                    .map(name -> name.substring(0, name.length() - ".toml".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isRefusedWithTheExpectedText(String name) throws IOException {
        assertThat(refusal(name).getMessage() + "\n").isEqualTo(text(name + ".expected"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void showsNoSecret(String name) throws IOException {
        assertThat(refusal(name).getMessage()).doesNotContain("hidden").doesNotContain("hunter2");
    }

    @Test
    void everyExpectationHasItsFile() throws IOException {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            List<String> expectations = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".expected"))
                    .map(name -> name.replace(".expected", ""))
                    .toList();
            assertThat(names()).hasSizeGreaterThan(45).containsExactlyInAnyOrderElementsOf(expectations);
        }
    }

    private static ConfigException refusal(String name) throws IOException {
        ConfigReader reader = new ConfigReader(ENVIRONMENT, Scripted::implementations);
        String text = text(name + ".toml");
        return catchThrowableOfType(ConfigException.class, () -> reader.read("config.toml", text, DIRECTORY));
    }

    private static String text(String file) throws IOException {
        return Files.readString(DIRECTORY.resolve(file));
    }
}
