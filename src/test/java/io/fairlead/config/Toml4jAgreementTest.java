package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.moandjiezana.toml.Toml;
import io.fairlead.config.Source.Span;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On files that toml4j reads right as a whole, the scanner finds the same tables, keys and values, and knows where each of
 * them stands.
 */
class Toml4jAgreementTest {
    static Stream<String> files() throws IOException {
        return Stream.concat(
                Stream.of(withoutCommentsBehindHeaders(Files.readString(Path.of("config.toml")))),
                IntStream.range(0, 500).mapToObj(seed -> new RandomToml(seed).text()));
    }

    /** In which toml4j stumbles over quotes. */
    private static String withoutCommentsBehindHeaders(String text) {
        return text.replaceAll("(?m)^(\\[.*]) +#.*$", "$1");
    }

    @ParameterizedTest(name = "{index}")
    @MethodSource("files")
    void bothFindTheSame(String text) {
        Source source = new Source("random.toml", text);
        Problems problems = new Problems(source);
        TomlDocument document = TomlScanner.scan(source, problems);
        assertThat(problems.placed(List.of())).as(text).isEmpty();

        Map<String, Object> ours = new TreeMap<>();
        flatten(KeyPath.ROOT, document.root().entries(), ours);
        Map<String, Object> theirs = new TreeMap<>();
        flatten(KeyPath.ROOT, new Toml().read(text).toMap(), theirs);
        assertThat(ours).as(text).isEqualTo(theirs);
        assertPlaces(KeyPath.ROOT, document.root().entries(), document.places(), source);
    }

    @Test
    void theRandomFilesAreOfAllKinds() throws IOException {
        String all = String.join("\n", files().toList());
        assertThat(all).contains("[[", "'''", "\"\"\"", "{ ", "[\n", "true", "-", ".5", "# ");
    }

    @Test
    void aValueThatToml4jRefusesIsRefusedWithoutShowingIt() {
        for (String text : List.of("hunter2", "\"hunter2", "[1, 'hunter2']", "{ a = hunter2 }", "1, 2", "")) {
            assertThatThrownBy(() -> Toml4j.read(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("not read by toml4j")
                    .hasMessageNotContaining("hunter2");
        }
    }

    /** Every table, element and value by its path. */
    private static void flatten(KeyPath path, Object value, Map<String, Object> flat) {
        if (value instanceof Map<?, ?> map) {
            flat.put(path + " is a table of", map.size());
            map.forEach((key, element) -> flatten(path.child(unquoted((String) key)), element, flat));
        } else if (value instanceof List<?> list) {
            flat.put(path + " is an array of", list.size());
            for (int i = 0; i < list.size(); i++) {
                flatten(path.element(i), list.get(i), flat);
            }
        } else {
            flat.put(path.toString(), value);
        }
    }

    private static String unquoted(String key) {
        return key.replace("\"", "");
    }

    private static void assertPlaces(KeyPath path, Object value, Places places, Source source) {
        if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                KeyPath child = path.child((String) key);
                assertThat(unquoted(written(places.nearestKey(child), source))).isEqualTo(key);
                assertPlaces(child, element, places, source);
            });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                assertPlaces(path.element(i), list.get(i), places, source);
            }
        } else if (value instanceof String text) {
            assertThat(written(places.nearestValue(path), source)).contains(text);
        } else {
            assertThat(written(places.nearestValue(path), source)
                            .replace("_", "")
                            .replace("+", ""))
                    .isEqualTo(value.toString());
        }
    }

    private static String written(@Nullable Span span, Source source) {
        Objects.requireNonNull(span);
        return source.text().substring(span.start(), span.end());
    }
}
