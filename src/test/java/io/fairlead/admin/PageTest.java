package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the status page, without a browser. */
class PageTest {
    private static final Path SOURCES = Path.of("src/main/resources/io/fairlead/admin/page");
    private static final int MOST_BYTES = 200 * 1024;
    private static final int LONGEST = 300;
    /** What a file asks the server for: by an attribute, by an import, or in so many words. */
    private static final Pattern WANTED =
            Pattern.compile("(?:src|href): ?\"(/[\\w.]+)\"|(?:src|href)=\"(/[\\w.]+)\"|from \"\\.(/[\\w.]+)\"");

    private final List<Page> files = Page.files();

    @Test
    void allOfThemAreLessThan200KiB() {
        assertThat(files.stream().mapToInt(file -> file.content().length()).sum())
                .isLessThan(MOST_BYTES);
    }

    @Test
    void everyFileIsServedAndEveryFileThatIsWantedIsThere() throws IOException {
        Set<String> served = files.stream().map(Page::path).collect(Collectors.toSet());
        Set<String> wanted = files.stream()
                .flatMap(file -> WANTED.matcher(file.content().toString()).results())
                .map(PageTest::anyGroup)
                .collect(Collectors.toSet());
        assertThat(served)
                .containsAll(
                        wanted.stream().filter(path -> !path.equals("/metrics")).toList());
        try (Stream<Path> sources = Files.list(SOURCES)) {
            assertThat(sources.map(file -> "/" + file.getFileName()))
                    .allMatch(path -> path.equals("/index.html") || served.contains(path));
        }
        assertThat(served).contains("/", "/uplot.js", "/uplot.css");
    }

    private static String anyGroup(MatchResult result) {
        for (int group = 1; group <= result.groupCount(); group++) {
            if (result.group(group) != null) {
                return result.group(group);
            }
        }
        throw new IllegalStateException(result.group());
    }

    @Test
    void scriptsAreShortBeginWithWhatTheyAreAndWriteTextOnly() throws IOException {
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path file :
                    sources.filter(path -> path.toString().endsWith(".js")).toList()) {
                List<String> lines = Files.readAllLines(file);
                assertThat(lines).as(file.toString()).hasSizeLessThanOrEqualTo(LONGEST);
                assertThat(lines.get(0)).as(file.toString()).startsWith("// ");
                assertThat(String.join("\n", lines))
                        .as(file.toString())
                        .doesNotContain(
                                "innerHTML",
                                "outerHTML",
                                "insertAdjacentHTML",
                                "document.write",
                                "eval(",
                                "Storage",
                                "document.cookie");
            }
        }
    }

    @Test
    void theChartsKeepTheirLicence() {
        assertThat(content("/uplot.js")).startsWith("/*! https://github.com/leeoniya/uPlot");
        assertThat(Page.class.getResource("/META-INF/resources/webjars/uplot/" + version() + "/LICENSE"))
                .isNotNull();
    }

    private String version() {
        MatchResult found = Pattern.compile("\\(v([\\d.]+)\\)")
                .matcher(content("/uplot.js"))
                .results()
                .findFirst()
                .orElseThrow();
        return found.group(1);
    }

    private String content(String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .content()
                .toString();
    }
}
