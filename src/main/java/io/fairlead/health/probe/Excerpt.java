package io.fairlead.health.probe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The first 200 bytes of what a member sent, fit for logs and pages: in one line, printable, and without secrets. Those are
 * the values of the probe's own headers, which a member may send back, and what looks like one: behind {@code token=},
 * {@code password:} and the like, bearer tokens, passwords in URLs.
 */
final class Excerpt {
    private static final int SHOWN = 200;
    private static final int SHORTEST_SECRET = 4;
    private static final int SHORTEST_PART = 6;
    private static final String MASK = "***";
    private static final String KEY =
            "(?:token|passw(?:or)?d|passphrase|pwd|secret|api[-_]?key|authorization|credential)[\\w-]{0,20}[\"']?\\s{0,8}";
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("(?i)" + KEY + "=\\s{0,8}(?:\"([^\"]*)|'([^']*)|([^\\s&;,<>]+))"),
            Pattern.compile("(?i)" + KEY + ":\\s{0,8}(?:\"([^\"]*)|'([^']*)|([^\\r\\n&;,<>}]+))"),
            Pattern.compile("(?i)\\bbearer\\s{1,8}([\\w.~+/=-]+)"),
            Pattern.compile("\\b(eyJ[\\w-]{10,}[\\w.-]*)"),
            Pattern.compile("://[^/\\s:@]{0,64}:([^/\\s@]{1,128})@"));

    private final List<String> own;
    private final int window;

    /** For a probe that sends these values in its headers. */
    Excerpt(Collection<String> headerValues) {
        List<String> secrets = new ArrayList<>();
        for (String value : headerValues) {
            add(secrets, value.strip(), SHORTEST_SECRET);
            for (String part : value.split("[\\s,;=:]+", -1)) {
                add(secrets, part, SHORTEST_PART);
            }
        }
        this.own = List.copyOf(secrets);
        this.window =
                2 * SHOWN + secrets.stream().mapToInt(String::length).max().orElse(0);
    }

    private static void add(List<String> secrets, String secret, int shortest) {
        if (secret.length() >= shortest && !secrets.contains(secret)) {
            secrets.add(secret);
        }
    }

    /** Bytes to be had, if there are as many, so that a secret which begins among those shown is recognised. */
    int window() {
        return window;
    }

    /** What is shown of these bytes; empty if nothing of them can be. */
    String of(byte[] bytes, int length) {
        return of(new String(bytes, 0, Math.min(length, window), StandardCharsets.ISO_8859_1), length > SHOWN);
    }

    /** What is shown of a text. */
    String of(String text) {
        return of(text.substring(0, Math.min(text.length(), window)), text.length() > SHOWN);
    }

    private String of(String text, boolean goesOn) {
        BitSet hidden = hidden(text);
        StringBuilder shown = new StringBuilder();
        int end = Math.min(text.length(), SHOWN);
        for (int i = 0; i < end; i++) {
            if (hidden.get(i)) {
                shown.append(MASK);
                i = hidden.nextClearBit(i) - 1;
            } else {
                append(shown, text.charAt(i));
            }
        }
        String line = shown.toString().strip();
        return goesOn && !line.isEmpty() ? line + "..." : line;
    }

    private static void append(StringBuilder shown, char c) {
        if (c == ' ' || (c >= '\t' && c <= '\r')) {
            if (shown.length() > 0 && shown.charAt(shown.length() - 1) != ' ') {
                shown.append(' ');
            }
        } else {
            shown.append(c > ' ' && c <= '~' ? c : '.');
        }
    }

    private BitSet hidden(String text) {
        BitSet hidden = new BitSet(text.length());
        for (String secret : own) {
            for (int at = text.indexOf(secret); at >= 0; at = text.indexOf(secret, at + 1)) {
                hidden.set(at, at + secret.length());
            }
            hideBeginningAtTheEnd(text, secret, hidden);
        }
        for (Pattern pattern : SECRETS) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    if (matcher.start(group) >= 0) {
                        hidden.set(matcher.start(group), matcher.end(group));
                    }
                }
            }
        }
        return hidden;
    }

    /** A secret that was cut off is one still. */
    private static void hideBeginningAtTheEnd(String text, String secret, BitSet hidden) {
        for (int length = Math.min(secret.length() - 1, text.length()); length >= SHORTEST_SECRET; length--) {
            if (text.regionMatches(text.length() - length, secret, 0, length)) {
                hidden.set(text.length() - length, text.length());
                return;
            }
        }
    }
}
