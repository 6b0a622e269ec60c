package io.fairlead.proxy.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fairlead.settings.Output;
import io.fairlead.settings.StatusRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@Timeout(30)
class AccessLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(AccessLog.class);
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void listen() {
        said.start();
        logger.addAppender(said);
        logger.setAdditive(false);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(said);
        logger.setAdditive(true);
    }

    @Test
    void writesALineForEachRecordInTheOrderOfTheirComing() {
        AccessLog log = log(settings("-"), written);
        for (int i = 0; i < 10_000; i++) {
            log.take(Entries.of("/" + i));
        }
        log.close();
        List<String> lines = written.toString(US_ASCII).lines().toList();
        assertThat(lines).hasSize(10_000);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).contains("\"path\":\"/" + i + "\"");
        }
        assertThat(log.dropped()).isZero();
        assertThat(said.list).isEmpty();
    }

    @Test
    void writesSoonByItself() throws InterruptedException {
        CountDownLatch wrote = new CountDownLatch(1);
        AccessLog log = log(settings("-"), new OutputStream() {
            @Override
            public void write(int b) {
                wrote.countDown();
            }
        });
        log.take(Entries.of("/"));
        wrote.await();
        log.close();
    }

    /** Each write is of whole lines, so that nothing else that is written there stands within one. */
    @Test
    void everyWriteEndsWithALine() {
        List<String> writes = new ArrayList<>();
        AccessLog log = log(settings("-"), new OutputStream() {
            @Override
            public void write(int b) {
                throw new AssertionError("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                writes.add(new String(bytes, offset, length, US_ASCII));
            }
        });
        for (int i = 0; i < 1000; i++) {
            log.take(Entries.of("/" + "x".repeat(i)));
        }
        log.close();
        assertThat(writes).hasSizeGreaterThan(1).allMatch(write -> write.startsWith("{") && write.endsWith("}\n"));
        assertThat(String.join("", writes).lines()).hasSize(1000);
    }

    @Test
    void anOutputThatHangsHoldsNobodyUpAndCostsABoundedQueue() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AccessLog log = log(settings("-"), new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                hangs.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                written.write(b);
            }
        });
        log.take(Entries.of("/first"));
        hangs.await();
        String large = "/" + "x".repeat(8000);
        for (int i = 0; i < 2_000; i++) {
            log.take(Entries.of(large)); // returns, or the test's time is over
        }
        long dropped = log.dropped();
        assertThat(dropped).isBetween(900L, 1_100L);
        release.countDown();
        log.close();
        assertThat(written.toString(US_ASCII).lines()).hasSize((int) (2_001 - dropped));
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("access log: " + dropped + " lines dropped, it is too slow");
    }

    @Test
    void anOutputThatFailsIsSaidAndTriedAgain() {
        List<String> writes = new ArrayList<>();
        AccessLog log = log(settings("-"), new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("byte by byte");
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                writes.add(new String(bytes, offset, length, US_ASCII));
                if (writes.size() == 1) {
                    throw new IOException("No space left on device");
                }
            }
        });
        for (int i = 0; i < 1000; i++) {
            log.take(Entries.of("/" + "x".repeat(1000)));
        }
        log.close();
        long lost = writes.get(0).lines().count();
        assertThat(log.dropped()).isEqualTo(lost);
        assertThat(String.join("", writes).lines()).hasSize(1000);
        assertThat(said.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "access log: " + lost + " lines dropped, it cannot be written: No space left on device");
    }

    @Test
    void chosenByDurationAndStatus() {
        AccessLogSettings all = settings("-");
        assertThat(all.wants(200, 0)).isTrue();
        AccessLogSettings some = new AccessLogSettings(
                Output.parse("-"),
                AccessLogSettings.Format.JSON,
                Duration.ofMillis(10),
                List.of(StatusRange.parse("404"), StatusRange.parse("500-599")));
        assertThat(some.wants(500, 10_000_000)).isTrue();
        assertThat(some.wants(404, 20_000_000)).isTrue();
        assertThat(some.wants(500, 9_999_999)).isFalse();
        assertThat(some.wants(200, 20_000_000)).isFalse();
    }

    @Test
    void aFileIsAppendedTo(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("access.log");
        Files.writeString(file, "before\n");
        for (int i = 0; i < 2; i++) {
            AccessLog log = open(file.toString());
            log.take(Entries.of("/" + i));
            log.close();
        }
        assertThat(Files.readAllLines(file)).hasSize(3).first().isEqualTo("before");
        assertThat(written.size()).isZero();
    }

    @Test
    void aHyphenIsStandardOutputWhichStaysOpen() {
        boolean[] closed = {false};
        OutputStream standard = new OutputStream() {
            @Override
            public void write(int b) {
                written.write(b);
            }

            @Override
            public void close() {
                closed[0] = true;
            }
        };
        AccessLog log = AccessLog.open(settings("-"), standard, InstantSource.system(), () -> 0)
                .orElseThrow();
        log.take(Entries.of("/"));
        log.close();
        assertThat(written.toString(US_ASCII).lines()).hasSize(1);
        assertThat(closed[0]).isFalse();
    }

    @Test
    void anEmptyPathIsNoLog() {
        assertThat(AccessLog.open(settings(""), written, InstantSource.system(), () -> 0))
                .isEmpty();
    }

    @Test
    void aFileThatCannotBeOpenedIsSaid(@TempDir Path directory) {
        String path = directory.resolve("none/access.log").toString();
        assertThatIllegalStateException()
                .isThrownBy(() -> open(path))
                .withMessage("access_log.path: " + path + ": cannot be opened for writing");
    }

    private AccessLog open(String path) {
        return AccessLog.open(settings(path), written, InstantSource.system(), () -> 0)
                .orElseThrow();
    }

    private static AccessLogSettings settings(String path) {
        return new AccessLogSettings(Output.parse(path), AccessLogSettings.Format.JSON, Duration.ZERO, List.of());
    }

    private static AccessLog log(AccessLogSettings settings, OutputStream output) {
        return new AccessLog(settings, output, InstantSource.fixed(Instant.EPOCH), () -> 0);
    }
}
