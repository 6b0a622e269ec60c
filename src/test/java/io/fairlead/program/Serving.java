package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Fairlead says when it serves.
 *
 * @param address host and port of the listener
 * @param page the status page
 */
record Serving(String address, String page) {
    private static final Pattern LINE =
            Pattern.compile("fairlead \\S+ serves on http://(\\S+); status page (http://\\S+/)");

    /** Waits for the line. */
    static Serving of(Daemon fairlead) throws InterruptedException {
        Matcher line = LINE.matcher(fairlead.awaitLine(printed -> printed.contains("serves on")));
        assertThat(line.matches()).isTrue();
        return new Serving(line.group(1), line.group(2));
    }

    String url() {
        return "http://" + address + "/";
    }

    int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
