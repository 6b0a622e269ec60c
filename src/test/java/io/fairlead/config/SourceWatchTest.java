package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.config.SourceWatch.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceWatchTest {
    @TempDir
    Path directory;

    private Path file = Path.of("");
    private Path token = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(directory.resolve("config.toml"), "first");
        token = Files.writeString(directory.resolve("token"), "open sesame");
    }

    private static void assertQuiet(SourceWatch watch) {
        for (int look = 0; look < 3; look++) {
            assertThat(watch.changed()).isFalse();
        }
    }

    private static void assertReportedOnce(SourceWatch watch) {
        assertThat(watch.changed()).isFalse();
        assertThat(watch.changed()).isTrue();
        assertQuiet(watch);
    }

    @Test
    void whatIsThereAtTheBeginningIsKnown() {
        assertQuiet(new SourceWatch(Set.of(file, token)));
    }

    @Test
    void aNewContentIsReportedOnceWhenItHasSettled() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file, token));
        Files.writeString(file, "second");
        assertReportedOnce(watch);
        Files.writeString(token, "another");
        assertReportedOnce(watch);
    }

    @Test
    void whatIsStillBeingWrittenIsNotReported() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        for (String part : new String[] {"sec", "second", "second and"}) {
            Files.writeString(file, part);
            assertThat(watch.changed()).isFalse();
        }
        assertThat(watch.changed()).isTrue();
    }

    @Test
    void filesThatChangeOneAfterTheOtherAreReportedTogether() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file, token));
        Files.writeString(file, "second");
        assertThat(watch.changed()).isFalse();
        Files.writeString(token, "another");
        assertReportedOnce(watch);
    }

    @Test
    void theFirstContentIsReportedWhenItComesBackAfterAnother() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        Files.writeString(file, "second");
        assertReportedOnce(watch);
        Files.writeString(file, "first");
        assertReportedOnce(watch);
    }

    @Test
    void whatComesAndGoesBetweenTwoReportsIsNotReported() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        Files.writeString(file, "second");
        assertThat(watch.changed()).isFalse();
        Files.writeString(file, "first");
        assertQuiet(watch);
    }

    @Test
    void aFileThatIsReplacedCountsByItsContent() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        replace("first");
        assertQuiet(watch);
        replace("other");
        assertReportedOnce(watch);
    }

    private void replace(String content) throws IOException {
        Path next = Files.writeString(directory.resolve("config.toml~"), content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aFileThatIsTouchedIsNotChanged() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(100)));
        assertQuiet(watch);
    }

    @Test
    void aFileMayBeMissingForAMoment() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        Files.delete(file);
        assertThat(watch.changed()).isFalse();
        Files.writeString(file, "first");
        assertQuiet(watch);
        Files.delete(file);
        assertThat(watch.changed()).isFalse();
        Files.writeString(file, "second");
        assertReportedOnce(watch);
    }

    @Test
    void aFileThatHasGoneForGoodIsReportedAndSoIsItsReturn() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        Files.delete(file);
        assertReportedOnce(watch);
        Files.writeString(file, "first");
        assertReportedOnce(watch);
    }

    @Test
    void aFileThatWasNeverThereIsReportedWhenItComes() throws IOException {
        Path missing = directory.resolve("missing");
        SourceWatch watch = new SourceWatch(Set.of(file, missing));
        assertQuiet(watch);
        Files.writeString(missing, "here");
        assertReportedOnce(watch);
    }

    @Test
    void aDirectoryOfAConfigMapMayBeSwapped() throws IOException {
        Path mounted = Files.createDirectory(directory.resolve("mounted"));
        version(mounted, "..2026_01", "first");
        Files.createSymbolicLink(mounted.resolve("..data"), Path.of("..2026_01"));
        Path link = Files.createSymbolicLink(mounted.resolve("config.toml"), Path.of("..data/config.toml"));
        SourceWatch watch = new SourceWatch(Set.of(link));
        assertQuiet(watch);

        version(mounted, "..2026_02", "other");
        swap(mounted, "..2026_02");
        Files.delete(mounted.resolve("..2026_01/config.toml"));
        assertReportedOnce(watch);

        version(mounted, "..2026_03", "other");
        swap(mounted, "..2026_03");
        assertQuiet(watch);
    }

    private static void version(Path mounted, String name, String content) throws IOException {
        Files.writeString(Files.createDirectory(mounted.resolve(name)).resolve("config.toml"), content);
    }

    private static void swap(Path mounted, String version) throws IOException {
        Path next = Files.createSymbolicLink(mounted.resolve("..data_tmp"), Path.of(version));
        Files.move(next, mounted.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aChangeWithinOneTickOfTheFileSystemIsSeenAllTheSame() throws IOException {
        Instant now = Instant.now();
        Stamp always = new Stamp(5, now, Optional.empty());
        SourceWatch watch = new SourceWatch(Set.of(file), path -> always, InstantSource.fixed(now));
        Files.writeString(file, "other");
        assertReportedOnce(watch);
    }

    @Test
    void aFileThatWasLeftAloneIsNotReadAgain() throws IOException {
        Instant now = Instant.now();
        Stamp old = new Stamp(5, now.minus(Duration.ofSeconds(3)), Optional.empty());
        SourceWatch watch = new SourceWatch(Set.of(file), path -> old, InstantSource.fixed(now));
        Files.writeString(file, "other"); // which no file system would do without another stamp
        assertQuiet(watch);
    }

    @Test
    void otherFilesMayBeWatchedFromThenOn() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(file));
        Files.writeString(file, "second");
        watch.watch(Set.of(file, token)); // what was not reported yet still is
        assertReportedOnce(watch);
        watch.watch(Set.of(token));
        Files.writeString(file, "third");
        assertQuiet(watch);
        Files.writeString(token, "another");
        assertReportedOnce(watch);
    }

    @Test
    void whatIsNoFileCountsAsMissing() throws IOException {
        SourceWatch watch = new SourceWatch(Set.of(directory));
        Files.writeString(directory.resolve("more"), "");
        assertQuiet(watch);
    }
}
