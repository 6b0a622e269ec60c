package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.settings.ProvidersTest.Letters;
import io.fairlead.settings.ProvidersTest.Nobody;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SortedMap;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginJarsTest {
    private static final String GREETING = "public static final String SAID = \"hello\";";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void developmentHasNone() {
        assertThat(PluginJars.paths()).isEmpty();
        assertThat(find(directory.resolve("absent"))).isEmpty();
    }

    @Test
    void findsWhatAJarOffersBesideFairleadsOwn() throws IOException {
        letter("Zed", "zed", "").write(plugins("z.jar"));
        SortedMap<String, Letters> found = Providers.of(Letters.class, PluginJars.in(plugins("")));
        assertThat(found).containsOnlyKeys("a", "b", "zed");
        Letters zed = Objects.requireNonNull(found.get("zed"));
        assertThat(PluginJars.codeSource(zed.getClass())).contains(plugins("z.jar"));
    }

    @Test
    void readsCommentsAndOnlyJars() throws IOException {
        letter("Zed", "zed", "")
                .service(Nobody.class, "\n# the letter\n p.Zed # is this\np.Zed\n")
                .write(plugins("z.jar"));
        Files.writeString(plugins("README.txt"), "put jars here");
        assertThat(find(plugins(""))).containsOnlyKeys("zed");
    }

    @Test
    void aJarMayNeedClassesOfAnother() throws IOException {
        new JarMaker(directory.resolve("lib"))
                .source("Word", "package p; public class Word { " + GREETING + " }")
                .write(plugins("lib.jar"));
        letter("Zed", "zed", "public Zed() { new Word(); }")
                .source("Word", "package p; public class Word { " + GREETING + " }")
                .write(plugins("a.jar"), "Word.class");
        assertThat(find(plugins(""))).containsOnlyKeys("zed");
    }

    @Test
    void aFileThatIsNoJarIsNamed() throws IOException {
        Files.createDirectories(plugins(""));
        Files.writeString(plugins("broken.jar"), "not a zip");
        assertProblem()
                .startsWith(plugins("broken.jar") + ": not a jar that can be read: ")
                .endsWith("(build it anew, or remove it)");
    }

    @Test
    void aClassThatIsNotInItsJarIsNamed() throws IOException {
        letter("Zed", "zed", "").write(plugins("z.jar"), "Zed.class");
        assertProblem()
                .isEqualTo(plugins("z.jar") + ": p.Zed: no such class, but its META-INF/services/"
                        + Nobody.class.getName() + " names it (put it into the jar, or correct the name)");
    }

    @Test
    void aClassThatItNeedsAndDoesNotHaveIsNamed() throws IOException {
        letter("Zed", "zed", "public Zed() { new Word(); }")
                .source("Word", "package p; public class Word {}")
                .write(plugins("z.jar"), "Word.class");
        assertProblem()
                .startsWith(plugins("z.jar") + ": p.Zed: ")
                .contains("p/Word")
                .doesNotContain("\n");
    }

    @Test
    void aConstructorThatFailsIsToldWithItsReason() throws IOException {
        letter("Zed", "zed", "public Zed() { throw new IllegalStateException(\"no licence\"); }")
                .write(plugins("z.jar"));
        assertProblem()
                .startsWith(plugins("z.jar") + ": p.Zed: its constructor failed: ")
                .endsWith("no licence");
    }

    @Test
    void anInitialisationThatFailsIsToldWithItsReason() throws IOException {
        letter("Zed", "zed", "static final int N = Integer.parseInt(\"many\");").write(plugins("z.jar"));
        assertProblem()
                .startsWith(plugins("z.jar") + ": p.Zed: its initialisation failed: ")
                .contains("many");
    }

    @Test
    void aConstructorThatCannotBeCalledIsTold() throws IOException {
        letter("Zed", "zed", "Zed() {}").write(plugins("z.jar"));
        assertProblem()
                .isEqualTo(
                        plugins("z.jar") + ": p.Zed: cannot be made (expected: a public class with a public constructor"
                                + " without parameters)");
    }

    @Test
    void aClassOfAnotherKindIsTold() throws IOException {
        new JarMaker(directory.resolve("Zed"))
                .source("Zed", "package p; public class Zed {}")
                .service(Nobody.class, "p.Zed")
                .write(plugins("z.jar"));
        assertProblem().startsWith(plugins("z.jar") + ": p.Zed: does not implement " + Nobody.class.getName());
    }

    @Test
    void twoOfOneNameAreBothTold() throws IOException {
        letter("Zed", "zed", "").write(plugins("1.jar"));
        letter("Other", "zed", "").write(plugins("2.jar"));
        assertProblem()
                .isEqualTo("zed: both " + plugins("1.jar") + ": p.Zed and " + plugins("2.jar")
                        + ": p.Other go by this name (rename or remove one)");
    }

    @Test
    void aNameOrOptionsThatCannotStandInAFileAreTold() throws IOException {
        letter("Zed", "Zed Letter", "").write(plugins("1.jar"));
        letter(
                        "Other",
                        "other",
                        "@Override @SuppressWarnings({\"unchecked\", \"rawtypes\"}) public Class optionsType() { return Record.class; }")
                .write(plugins("2.jar"));
        letter("Third", "third", "")
                .source("Third", source("Third", "third", "").replace("\"third\"", "String.valueOf(1 / 0)"))
                .write(plugins("3.jar"));
        assertThatThrownBy(() -> find(plugins("")))
                .isInstanceOf(IllegalStateException.class)
                .message()
                .hasLineCount(3)
                .contains(
                        plugins("1.jar") + ": p.Zed: name: Zed Letter (expected: ",
                        plugins("2.jar") + ": p.Other: optionsType: class java.lang.Record (expected: ",
                        plugins("3.jar")
                                + ": p.Third: its name or options cannot be had: java.lang.ArithmeticException");
    }

    private AbstractStringAssert<?> assertProblem() {
        return assertThatThrownBy(() -> find(plugins("")))
                .isInstanceOf(IllegalStateException.class)
                .message();
    }

    private static SortedMap<String, Nobody> find(Path plugins) {
        return Providers.of(Nobody.class, PluginJars.in(plugins));
    }

    private Path plugins(String jar) {
        return directory.resolve("plugins").resolve(jar);
    }

    /** A jar with an implementation of two SPIs: one that has implementations on the class path, one that has none. */
    private JarMaker letter(String type, String name, String body) throws IOException {
        return new JarMaker(directory.resolve(type))
                .source(type, source(type, name, body))
                .service(Letters.class, "p." + type)
                .service(Nobody.class, "p." + type);
    }

    private static String source(String type, String name, String body) {
        return """
                package p;
                import io.fairlead.settings.ProvidersTest;
                public final class %s implements ProvidersTest.Nobody {
                    %s
                    @Override public String name() { return "%s"; }
                }
                """.formatted(type, body, name);
    }
}
