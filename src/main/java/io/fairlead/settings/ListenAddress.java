package io.fairlead.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address to bind; written {@code "0.0.0.0:8080"}, {@code "[::]:8080"} or {@code ":8080"} (all addresses).
 *
 * @param host an IP literal without brackets, or a host name
 * @param port 0 to 65535; 0 lets the system choose
 */
public record ListenAddress(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?:\\[([0-9A-Fa-f:.%]+)]|([^\\[\\]:/\\s]*)):(\\d{1,5})");

    public ListenAddress {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the port is missing or out of range, or there is a scheme or a path
     */
    public static ListenAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: host:port, such as \"0.0.0.0:8080\", \"[::]:8080\" or \":8080\")");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new ListenAddress(host.isEmpty() ? "0.0.0.0" : host, Integer.parseInt(matcher.group(3)));
    }

    /** The same host with the port that was really bound. */
    public ListenAddress withPort(int boundPort) {
        return new ListenAddress(host, boundPort);
    }

    /** Whether only this machine can reach it. */
    public boolean isLoopback() {
        return host.equals("localhost") || IpLiteral.isLoopback(host);
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
