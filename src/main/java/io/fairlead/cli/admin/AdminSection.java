package io.fairlead.cli.admin;

import io.fairlead.config.Config;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.settings.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Only {@code [admin]} of a file that has an error elsewhere: who has just broken it wants to go back, and to be told by the
 * running Fairlead what is wrong with it.
 */
final class AdminSection {
    private static final String HEADER = "\\s*\\[\\s*admin\\s*]\\s*(#.*)?";
    private static final String REST =
            "\n[[listeners]]\naddress = \"127.0.0.1:0\"\n[pools.any]\nmembers = [\"127.0.0.1:1\"]\n";

    private static final int LARGEST = 1 << 20;

    private AdminSection() {}

    /** A configuration with that table and nothing else that matters; empty if there is none, or it is where the error is. */
    static Optional<Config> read(Path file, Map<String, String> environment) {
        try {
            List<String> lines = lines(file);
            int begin = IntStream.range(0, lines.size())
                    .filter(i -> lines.get(i).matches(HEADER))
                    .findFirst()
                    .orElse(-1);
            if (begin < 0) {
                return Optional.empty();
            }
            String table = lines.stream()
                    .skip(begin + 1L)
                    .takeWhile(line -> !line.stripLeading().startsWith("["))
                    .collect(Collectors.joining("\n", "[admin]\n", REST));
            Path directory =
                    Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("/"));
            return Optional.of(new ConfigReader(environment)
                    .readWithWarnings(file.toString(), table, directory)
                    .config());
        } catch (IOException | ConfigException e) {
            return Optional.empty(); // the whole file's errors are told
        }
    }

    private static List<String> lines(Path file) throws IOException {
        try (InputStream stream = StoredFile.open(file)) {
            return new String(stream.readNBytes(LARGEST), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }
}
