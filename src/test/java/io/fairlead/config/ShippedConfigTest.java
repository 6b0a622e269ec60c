package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ProbeProvider;
import io.fairlead.pool.MemberSettings;
import io.fairlead.settings.Provider;
import io.fairlead.settings.Providers;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The commented {@code config.toml} is the grammar: it has every key there is, none that is not, and tells its default. */
class ShippedConfigTest {
    private static final Path FILE = Path.of("config.toml");

    @Test
    void isRight() throws ConfigException {
        Reading reading = new ConfigReader(Map.of(), ShippedConfigTest::implementations).readWithWarnings(FILE);
        assertThat(reading.warnings()).isEmpty();
        assertThat(Objects.requireNonNull(reading.config().pools().get("app")).members())
                .extracting(MemberSettings::id)
                .containsExactly("127.0.0.1:9001", "127.0.0.1:9002", "127.0.0.1:9003");
    }

    @Test
    void documentsEveryKeyAndNoOther() throws IOException {
        assertThat(documented().keySet()).containsExactlyElementsOf(new TreeSet<>(keys().keySet()));
    }

    @Test
    void tellsEachDefault() throws IOException {
        Map<String, Set<String>> defaults = keys();
        assertThat(documented()).allSatisfy((path, value) -> {
            Set<String> expected = Objects.requireNonNull(defaults.get(path));
            if (!expected.isEmpty()) {
                assertThat(expected).as(path).contains(value);
            }
        });
    }

    /** What the file says of each key, with those behind a "#"; the elements of arrays and the pools of any name as one. */
    private static Map<String, String> documented() throws IOException {
        String everything = Files.readString(FILE).replaceAll("(?m)^# (?=[a-z_0-9]+ = |\\[)", "");
        Problems problems = new Problems(new Source("config.toml", everything));
        TomlDocument document = TomlScanner.scan(new Source("config.toml", everything), problems);
        assertThat(problems.placed(List.of())).isEmpty();
        Map<String, String> values = new TreeMap<>();
        collect("", document.root().entries(), values);
        return values;
    }

    private static void collect(String path, Object value, Map<String, String> values) {
        if (value instanceof Map<?, ?> table && !path.endsWith(".headers")) {
            table.forEach(
                    (key, entry) -> collect(path.equals(".pools") ? ".pools.*" : path + "." + key, entry, values));
        } else if (value instanceof List<?> list && list.stream().anyMatch(Map.class::isInstance)) {
            list.forEach(element -> collect(path + "[]", element, values));
        } else {
            values.putIfAbsent(path, written(value));
        }
    }

    /** As in {@code @Default}. */
    private static String written(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).collect(Collectors.joining(", "));
        }
        return value instanceof Map<?, ?> map && map.isEmpty() ? "" : value.toString();
    }

    /** The defaults of each key that a settings record has; more than one if two implementations share a key. */
    private static Map<String, Set<String>> keys() {
        Map<String, Set<String>> keys = new TreeMap<>();
        collect("", Config.class, keys);
        return keys;
    }

    private static void collect(String path, Class<?> type, Map<String, Set<String>> keys) {
        for (Shape.Key key : Shape.of(type).keys()) {
            String own = path + "." + key.name();
            Type value = key.type();
            if (value instanceof ParameterizedType generic) {
                Type[] arguments = generic.getActualTypeArguments();
                value = arguments[arguments.length - 1];
                String brackets = Conversion.raw(generic) == List.class ? "[]" : "";
                own += !Conversion.isTable(value) ? "" : Conversion.raw(generic) == Map.class ? ".*" : brackets;
            }
            if (Conversion.isTable(value) && key.spi().isEmpty()) {
                collect(own, (Class<?>) value, keys);
            } else {
                Set<String> defaults = keys.computeIfAbsent(own, k -> new TreeSet<>());
                key.defaultText().ifPresent(defaults::add);
            }
            key.spi()
                    .ifPresent(spi -> implementations(spi)
                            .values()
                            .forEach(provider -> collect(path, provider.optionsType(), keys)));
        }
    }

    /** Those on the class path, and an HTTP probe as the file describes it. */
    @SuppressWarnings("unchecked") // @ChoiceOf takes nothing else
    private static SortedMap<String, ? extends Provider<?>> implementations(Class<?> spi) {
        SortedMap<String, Provider<?>> all = new TreeMap<>(Providers.of((Class<Provider<?>>) spi));
        if (spi == ProbeProvider.class) {
            all.putIfAbsent(
                    "http", Objects.requireNonNull(Scripted.implementations(spi).get("http")));
        }
        return all;
    }
}
