package io.fairlead.member;

import io.fairlead.settings.IpLiteral;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a member listens; written {@code "10.0.0.11:9001"}, {@code "[2001:db8::1]:9001"} or {@code "app.internal:9001"}.
 *
 * @param host an IP literal without brackets, or a host name
 * @param port 1 to 65535
 */
public record MemberAddress(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("(?:\\[([^\\[\\]]*:[^\\[\\]]*)]|([^\\[\\]:]+)):(\\d{1,5})");
    /** A name whose last label is a number would be taken for an address by some, RFC 1123 section 2.1. */
    private static final Pattern NAME = Pattern.compile("(?:[A-Za-z0-9_-]+\\.)*(?!\\d+\\.?$)[A-Za-z0-9_-]+\\.?");

    public MemberAddress {
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the port is missing or out of range, or what is before it is neither an address nor a
     *     host name
     */
    public static MemberAddress parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches() || !isHost(matcher)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: host:port, such as \"10.0.0.11:9001\" or \"[::1]:9001\")");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new MemberAddress(host, Integer.parseInt(matcher.group(3)));
    }

    private static boolean isHost(Matcher matcher) {
        return matcher.group(1) != null
                ? IpLiteral.is(matcher.group(1))
                : IpLiteral.is(matcher.group(2))
                        || NAME.matcher(matcher.group(2)).matches();
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
