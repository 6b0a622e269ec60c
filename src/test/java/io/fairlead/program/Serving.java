package io.fairlead.program;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Fairlead says when it serves.
 *
 * @param address host and port of the listener
 * @param page the status page
 */
public record Serving(String address, String page) {
    private static final Pattern LINE =
            Pattern.compile("fairlead \\S+ serves on http://(\\S+); status page (http://\\S+/)");

    /** Waits for the line. */
    public static Serving of(Daemon fairlead) throws InterruptedException {
        Matcher line = LINE.matcher(fairlead.awaitLine(printed -> printed.contains("serves on")));
        if (!line.matches()) {
            throw new AssertionError("an unexpected way to say it: " + fairlead.output());
        }
        return new Serving(line.group(1), line.group(2));
    }

    public String url() {
        return "http://" + address + "/";
    }

    public int port() {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }
}
