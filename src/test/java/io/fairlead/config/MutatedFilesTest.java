package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A right file with a few things changed by chance is accepted or refused with placed errors; nothing else happens. */
class MutatedFilesTest {
    private static final int FILES = 10_000;
    private static final Pattern WHOLE = Pattern.compile("not UTF-8|larger than 1MiB|none(?:, but \\d+ pools)? .*");

    @TempDir
    Path directory;

    private final ConfigReader reader = new ConfigReader(Map.of("A", "b"), RandomConfig.IMPLEMENTATIONS);

    @Test
    void areAcceptedOrRefusedWithPlacedErrors() throws IOException {
        List<String> right = Mutations.rightFiles();
        Mutations mutations = new Mutations(6);
        assertTimeoutPreemptively(Duration.ofMinutes(3), () -> {
            int refused = 0;
            for (int i = 0; i < FILES; i++) {
                String original = right.get(i % right.size());
                byte[] mutated = mutations.of(original);
                Path file = Files.write(directory.resolve("config.toml"), mutated);
                refused += isRefused(file, original, new String(mutated, StandardCharsets.UTF_8)) ? 1 : 0;
            }
            assertThat(refused).isBetween(FILES / 2, FILES - FILES / 20); // both happen a lot
        });
    }

    private boolean isRefused(Path file, String original, String mutated) {
        try {
            assertThat(reader.readWithWarnings(file).config().pools()).isNotEmpty();
            return false;
        } catch (ConfigException refusal) {
            assertPlaced(refusal, mutated);
            assertNothingTold(refusal, original, mutated);
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError(mutated, e);
        }
    }

    private static void assertPlaced(ConfigException refusal, String text) {
        long lines = text.chars().filter(c -> c == '\n').count() + 1;
        assertThat(refusal.problems()).isNotEmpty();
        for (ConfigProblem problem : refusal.problems()) {
            boolean isPlaced = problem.line() >= 1 && problem.line() <= lines;
            if (!isPlaced && !WHOLE.matcher(problem.message()).matches()) {
                throw new AssertionError(problem + " in " + text);
            }
        }
    }

    /** A secret is not told as long as its line is one that stood in the right file. */
    private static void assertNothingTold(ConfigException refusal, String original, String text) {
        Set<String> right = original.lines().collect(Collectors.toSet());
        boolean isIntact =
                text.lines().filter(line -> line.contains(Mutations.SECRET)).allMatch(right::contains);
        if (isIntact && refusal.toString().contains(Mutations.SECRET)) {
            throw new AssertionError(refusal + " in " + text);
        }
    }
}
