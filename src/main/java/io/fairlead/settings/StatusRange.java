package io.fairlead.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * HTTP status codes from one to another, both included; written {@code "200-299"} or {@code "204"}.
 *
 * @param from 100 to 599
 * @param to {@code from} to 599
 */
public record StatusRange(int from, int to) {
    private static final Pattern TEXT = Pattern.compile("(\\d{3})(?:-(\\d{3}))?");

    public StatusRange {
        if (from < 100 || to > 599 || from > to) {
            throw new IllegalArgumentException(
                    "\"" + from + "-" + to + "\" (expected: status codes from 100 to 599, the smaller first)");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is neither one code nor two with a hyphen, or a code is out of range
     */
    public static StatusRange parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" (expected: a status such as \"204\" or \"200-299\")");
        }
        int from = Integer.parseInt(matcher.group(1));
        return new StatusRange(from, matcher.group(2) == null ? from : Integer.parseInt(matcher.group(2)));
    }

    /** Whether the code lies within. */
    public boolean contains(int status) {
        return from <= status && status <= to;
    }

    @Override
    public String toString() {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
