package io.fairlead.proxy.log;

import io.fairlead.member.Outcome;
import io.fairlead.settings.Kebab;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Apache's combined format, which most tools read: client, time, request line, status, bytes, Referer and User-Agent. Behind it
 * stand, as in Traefik's, the milliseconds, and then request id, pool, word of why, and each attempt as {@code member=status}
 * or {@code member=outcome}. What would end a field is written as nginx does, {@code \x22}; the user is never known.
 *
 * <p>Confined to the log's thread.
 */
final class CombinedLines implements LineFormat {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Override
    public void append(AccessRecord entry, StringBuilder to) {
        AccessRecord.Asked asked = entry.asked();
        plain(entry.client(), to);
        to.append(" - - [");
        TIME.formatTo(entry.at(), to);
        to.append("] \"");
        if (!asked.method().isEmpty()) {
            escaped(asked.method(), to);
            escaped(asked.target(), to.append(' '));
            escaped(asked.protocol(), to.append(' '));
        }
        to.append("\" ").append(entry.answered().status());
        to.append(' ').append(entry.answered().bytes());
        quoted(asked.referer(), to);
        quoted(asked.userAgent(), to);
        LineFormat.appendMillis(entry.durationNanos(), to.append(' '));
        to.append("ms ");
        plain(entry.requestId(), to);
        quoted(entry.pool(), to);
        to.append(' ');
        plain(entry.answered().why(), to);
        attempts(entry, to.append(" \""));
        to.append("\"\n");
    }

    private static void attempts(AccessRecord entry, StringBuilder to) {
        String separator = "";
        for (Attempted attempt : entry.attempts()) {
            escaped(attempt.member(), to.append(separator));
            to.append('=');
            boolean answered = attempt.status() > 0 && attempt.outcome() == Outcome.ANSWERED;
            to.append(answered ? Integer.toString(attempt.status()) : Kebab.of(attempt.outcome()));
            separator = " ";
        }
        if (entry.attempts().isEmpty()) {
            to.append('-');
        }
    }

    private static void plain(String value, StringBuilder to) {
        if (value.isEmpty()) {
            to.append('-');
        } else {
            escaped(value.replace(' ', '_'), to);
        }
    }

    private static void quoted(String value, StringBuilder to) {
        to.append(" \"");
        escaped(value.isEmpty() ? "-" : value, to);
        to.append('"');
    }

    private static void escaped(String value, StringBuilder to) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || (c > '~' && c <= 0xff)) {
                LineFormat.appendHex(c, 2, to.append("\\x"));
            } else if (c > 0xff) {
                LineFormat.appendHex(c, 4, to.append("\\u"));
            } else {
                to.append(c);
            }
        }
    }
}
