package io.fairlead.admin.metrics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Prometheus's own checker, where it is installed. */
public final class Promtool {
    private Promtool() {}

    /** What {@code promtool check metrics} has against this text; empty if nothing. Skips the test where there is no promtool. */
    public static String complaints(String text) {
        try {
            Process promtool = new ProcessBuilder("promtool", "check", "metrics")
                    .redirectErrorStream(true)
                    .redirectInput(write(text))
                    .start();
            String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!promtool.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("promtool does not end");
            }
            return promtool.exitValue() == 0 ? said : "exit " + promtool.exitValue() + ": " + said;
        } catch (IOException e) {
            assumeTrue(false, "promtool is not installed: apt-get install prometheus");
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static File write(String text) throws IOException {
        Path file = Files.createTempFile("fairlead-metrics", ".txt");
        file.toFile().deleteOnExit();
        return Files.writeString(file, text).toFile();
    }
}
