package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A run of wrk, the load generator: GETs over 64 kept connections for some seconds. */
final class Wrk implements AutoCloseable {
    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");

    private final Daemon process;

    private Wrk(Daemon process) {
        this.process = process;
    }

    /** Whether there is a wrk to start. */
    static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/wrk"));
    }

    static Wrk start(String url, int seconds) throws Exception {
        return new Wrk(Daemon.start("/usr/bin/wrk", "-t1", "-c64", "-d" + seconds + "s", url));
    }

    /** Waits for the end; the number of requests, each of which was answered with 2xx or 3xx. */
    long requestsWithoutErrors() throws Exception {
        assertThat(process.exitCode()).as(process.output()).isZero();
        assertThat(process.output()).doesNotContain("Non-2xx", "Socket errors");
        Matcher matcher = REQUESTS.matcher(process.output());
        assertThat(matcher.find()).as(process.output()).isTrue();
        return Long.parseLong(matcher.group(1));
    }

    @Override
    public void close() {
        process.close();
    }
}
