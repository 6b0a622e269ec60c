package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.ProbeProvider;
import io.fairlead.settings.Choice;
import io.fairlead.settings.ChoiceOf;
import io.fairlead.settings.Default;
import io.fairlead.settings.FromString;
import io.fairlead.settings.Size;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Records of every kind of component: what the present settings need, and what a new key may. */
class BinderTest {
    private static final Path DIRECTORY = Path.of("/etc/fairlead");

    private @Nullable Object bound;

    private List<String> bind(Class<?> type, String text) {
        Source source = new Source("c.toml", text);
        Problems problems = new Problems(source);
        TomlDocument document = TomlScanner.scan(source, problems);
        ConsultedFiles files = new ConsultedFiles(DIRECTORY);
        Interpolation interpolation = new Interpolation(Map.of("N", "5", "T", "true"), files);
        Conversion conversion = new Conversion(document.places(), problems, new Texts(files), interpolation);
        bound = new Binder(document, conversion, problems, Scripted::implementations)
                .record(type, document.root().entries(), KeyPath.ROOT);
        return problems.placed(List.of()).stream()
                .map(problem -> problem.line() + " " + problem.path() + ": " + problem.message())
                .toList();
    }

    enum Colour {
        RED,
        DARK_BLUE
    }

    record Scalars(
            @Default("true") boolean on,
            @Default("-3") int count,
            @Default("5000000000") long total,
            @Default("0.5") double ratio,
            @Default("1h") Duration pause,
            @Default("64KiB") Size size,
            @Default("dark-blue") Colour colour,
            @Default("ca.pem") Path file,
            @Default("a text") String text) {}

    @Test
    void absentScalarsAreTheirDefaults() {
        assertThat(bind(Scalars.class, "")).isEmpty();
        assertThat(bound)
                .isEqualTo(new Scalars(
                        true,
                        -3,
                        5_000_000_000L,
                        0.5,
                        Duration.ofHours(1),
                        new Size(65_536),
                        Colour.DARK_BLUE,
                        Path.of("/etc/fairlead/ca.pem"),
                        "a text"));
    }

    @Test
    void scalarsAreTakenAsTheyAreWritten() {
        String text = """
                on = false
                count = +4
                total = 6_000_000_000
                ratio = 2
                pause = "0s"
                size = "1B"
                colour = "red"
                file = "/tmp/x"
                text = ""
                """;
        assertThat(bind(Scalars.class, text)).isEmpty();
        assertThat(bound)
                .isEqualTo(new Scalars(
                        false, 4, 6_000_000_000L, 2, Duration.ZERO, new Size(1), Colour.RED, Path.of("/tmp/x"), ""));
    }

    @Test
    void numbersAndBooleansMayComeFromTheEnvironmentOnly() {
        assertThat(bind(Scalars.class, "count = \"${N}\"\ntotal = \"1${N}\"\nratio = \"${N}\"\non = \"${T}\"\n"))
                .isEmpty();
        assertThat(bound)
                .isInstanceOfSatisfying(
                        Scalars.class,
                        scalars -> assertThat(List.of(scalars.count(), scalars.total(), scalars.ratio(), scalars.on()))
                                .containsExactly(5, 15L, 5.0, true));
        assertThat(bind(Scalars.class, "count = \"5\"\non = \"${N}\"\nratio = \"${T}\"\n"))
                .containsExactly(
                        "1 count: expected a whole number, found a string",
                        "2 on: \"${N}\" (expected: true or false)",
                        "3 ratio: \"${T}\" (expected: a number)");
    }

    @FromString
    record Leaf(String name, @Default("1") int weight) {}

    record Branch(Leaf leaf) {}

    record Collections(
            @Default("red, dark-blue") Set<Colour> colours,
            @Default("") List<Leaf> leaves,
            @Default("") Map<String, String> headers,
            @Default("") Map<String, Leaf> named,
            Optional<Leaf> leaf,
            @Default("1s, 2s") List<Duration> steps) {}

    @Test
    void absentCollectionsAreTheirDefaults() {
        assertThat(bind(Collections.class, "")).isEmpty();
        assertThat(bound)
                .isEqualTo(new Collections(
                        Set.of(Colour.RED, Colour.DARK_BLUE),
                        List.of(),
                        Map.of(),
                        Map.of(),
                        Optional.empty(),
                        List.of(Duration.ofSeconds(1), Duration.ofSeconds(2))));
    }

    @Test
    void collectionsTakeTheirElements() {
        String text = """
                colours = []
                headers = { X-B = "b", A = "a" }
                leaf = "oak"
                steps = ["3s"]
                [[leaves]]
                name = "ash"
                weight = 2
                [named.fir]
                name = "fir"
                """;
        assertThat(bind(Collections.class, text)).isEmpty();
        assertThat(bound)
                .isEqualTo(new Collections(
                        Set.of(),
                        List.of(new Leaf("ash", 2)),
                        Map.of("X-B", "b", "A", "a"),
                        Map.of("fir", new Leaf("fir", 1)),
                        Optional.of(new Leaf("oak", 1)),
                        List.of(Duration.ofSeconds(3))))
                .isInstanceOfSatisfying(
                        Collections.class,
                        collections ->
                                assertThat(collections.headers().keySet()).containsExactly("X-B", "A"));
    }

    @Test
    void everyElementThatIsWrongIsReported() {
        assertThat(bind(
                        Collections.class,
                        "steps = [\"1\", \"2s\", \"3\"]\nleaves = [{ weight = \"x\" }, { nme = \"a\" }]\n"))
                .containsExactly(
                        "1 steps[0]: \"1\" (expected: a duration such as \"250ms\", \"2s\", \"1m\" or \"1h\")",
                        "1 steps[2]: \"3\" (expected: a duration such as \"250ms\", \"2s\", \"1m\" or \"1h\")",
                        "2 leaves[0].name: missing (there is no default)",
                        "2 leaves[0].weight: expected a whole number, found a string",
                        "2 leaves[1].nme: unknown key");
        assertThat(bound).isNull();
    }

    @Test
    void anAbsentRecordIsMissingWhatHasNoDefault() {
        assertThat(bind(Branch.class, "")).containsExactly("0 leaf.name: missing (there is no default)");
    }

    record Limits(
            @Default("1") int low,
            @Default("5") int high,
            @Default("0") int step) {
        Limits {
            require("low", low, low >= 0);
            require("high", high, high < 10);
            require("step", step, step >= 0);
            require("low", low, low <= high);
        }

        private static void require(String name, int value, boolean right) {
            if (!right) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: something else)");
            }
        }
    }

    @Test
    void everyValueThatAConstructorRefusesIsReportedOnce() {
        assertThat(bind(Limits.class, "low = -1\nhigh = 11\nstep = -2\n"))
                .containsExactly(
                        "1 low: -1 (expected: something else)",
                        "2 high: 11 (expected: something else)",
                        "3 step: -2 (expected: something else)");
        assertThat(bind(Limits.class, "low = 7\n")).containsExactly("1 low: 7 (expected: something else)");
        assertThat(bind(Limits.class, "low = \"a\"\nhigh = 11\n"))
                .containsExactly(
                        "1 low: expected a whole number, found a string", "2 high: 11 (expected: something else)");
    }

    record Whole(@Default("1") int a) {
        Whole {
            if (a > 1) {
                throw new IllegalArgumentException("both: too many");
            }
        }
    }

    @Test
    void aRefusalThatNamesNoComponentIsOneOfTheTable() {
        assertThat(bind(Whole.class, "a = 2\n")).containsExactly("0 : both: too many");
    }

    record Formless(@Default("x") Object anything) {}

    record Careless(@Default("1") int a) {
        Careless {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void aSettingsRecordThatCannotBeBoundIsAProgrammersError() {
        assertThatThrownBy(() -> bind(Formless.class, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("has no written form");
        assertThatThrownBy(() -> bind(Careless.class, ""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("cannot be made");
    }

    @Test
    void keysAreComponentsInSnakeCase() {
        record Names(int a, int firstByte, int http2Cleartext, int maxConnectionsPerClient) {}
        assertThat(Shape.of(Names.class).names().stream().collect(Collectors.joining(" ")))
                .isEqualTo("a first_byte http2_cleartext max_connections_per_client");
    }

    record Clash(
            @Default("login") @ChoiceOf(ProbeProvider.class) Choice type,
            @Default("") String password) {}

    @Test
    void optionsOfAPluginMayNotHideAKeyOfTheTable() {
        assertThatThrownBy(() -> bind(Clash.class, "user = \"me\""))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Login: one of its options [user, password] goes by the name of a key");
    }
}
