package io.fairlead.program;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of wrk, the load generator: GETs over 64 kept connections for some seconds. */
public final class Wrk implements AutoCloseable {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

    private final Daemon process;

    private Wrk(Daemon process) {
        this.process = process;
    }

    /** Whether there is a wrk to start. */
    public static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/wrk"));
    }

    public static Wrk start(String url, int seconds) throws Exception {
        return new Wrk(Daemon.start("/usr/bin/wrk", "-t1", "-c64", "-d" + seconds + "s", url));
    }

    /** Waits for the end; the number of requests, each of which was answered with 2xx or 3xx. */
    public long requestsWithoutErrors() throws Exception {
        boolean ended = process.exitCode() == 0;
        String output = process.output();
        Matcher matcher = REQUESTS.matcher(output);
        if (!ended || !matcher.find() || output.contains("Non-2xx") || output.contains("Socket errors")) {
            throw new AssertionError(output);
        }
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        process.close();
    }
}
