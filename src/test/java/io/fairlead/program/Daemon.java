package io.fairlead.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A program that runs beside the test, with all that it prints. Killed at the end, whatever became of it. */
public final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    private Daemon(Process process) {
        this.process = process;
        this.reader = new Thread(this::readAll, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a command. */
    public static Daemon start(String... command) throws IOException {
        return new Daemon(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Starts the packaged Fairlead with leak detection on its highest level. */
    public static Daemon fairlead(String... args) throws IOException {
        return fairlead("paranoid", "128m", List.of(args));
    }

    /** Starts the packaged Fairlead as it runs in production, for tests of load: tracking each buffer takes most of a core. */
    public static Daemon quickFairlead(String... args) throws IOException {
        return fairlead("simple", "512m", List.of(args));
    }

    private static Daemon fairlead(String leakDetection, String heap, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx" + heap,
                "-Dio.netty.leakDetection.level=" + leakDetection,
                "-jar",
                System.getProperty("fairlead.jar", "target/fairlead.jar")));
        command.addAll(args);
        return start(command.toArray(String[]::new));
    }

    private void readAll() {
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** All that was printed so far. */
    public String output() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** The lines printed so far that hold this text. */
    public List<String> lines(String text) {
        synchronized (lines) {
            return lines.stream().filter(line -> line.contains(text)).toList();
        }
    }

    /** How many lines were printed so far. */
    public int lineCount() {
        synchronized (lines) {
            return lines.size();
        }
    }

    /** Writes a line to its standard input. */
    public void say(String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** The first line that the predicate holds of; waits for it. */
    public String awaitLine(Predicate<String> predicate) throws InterruptedException {
        return awaitLine(0, predicate);
    }

    /** The first line after so many that the predicate holds of; waits for it. */
    public String awaitLine(int after, Predicate<String> predicate) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int seen = after;
        synchronized (lines) {
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (predicate.test(lines.get(seen))) {
                        return lines.get(seen);
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0 || (!process.isAlive() && !reader.isAlive())) {
                    throw new AssertionError("no such line in:\n" + String.join("\n", lines));
                }
                lines.wait(Math.min(left, 500));
            }
        }
    }

    /** Waits for something that is to come true. */
    public static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("never came true: " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** Sends a signal by its name. */
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    /** The exit code; waits for it. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("does not end; it printed:\n" + output());
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
