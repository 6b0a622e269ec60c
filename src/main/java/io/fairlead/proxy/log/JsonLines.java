package io.fairlead.proxy.log;

import io.fairlead.settings.Kebab;
import java.time.temporal.ChronoUnit;

/**
 * One JSON object a line (RFC 8259), units in the names as in the API. What there is not is left out. Confined to the log's
 * thread.
 */
final class JsonLines implements LineFormat {
    @Override
    public void append(AccessRecord entry, StringBuilder to) {
        to.append("{\"at\":\"")
                .append(entry.at().truncatedTo(ChronoUnit.MILLIS))
                .append('"');
        text("listener", entry.listener(), to);
        text("client", entry.client(), to);
        text("request_id", entry.requestId(), to);
        text("method", entry.asked().method(), to);
        text("host", entry.asked().host(), to);
        text("path", entry.asked().target(), to);
        text("protocol", entry.asked().protocol(), to);
        to.append(",\"status\":").append(entry.answered().status());
        text("ended", Kebab.of(entry.answered().ending()), to);
        text("why", entry.answered().why(), to);
        to.append(",\"request_bytes\":").append(entry.asked().bytes());
        to.append(",\"response_bytes\":").append(entry.answered().bytes());
        millis("duration_ms", entry.durationNanos(), to);
        text("route", entry.route(), to);
        text("pool", entry.pool(), to);
        to.append(",\"attempts\":[");
        for (int i = 0; i < entry.attempts().size(); i++) {
            attempt(entry.attempts().get(i), i == 0 ? "{" : ",{", to);
        }
        to.append("]}\n");
    }

    private static void attempt(Attempted attempt, String begin, StringBuilder to) {
        to.append(begin).append("\"member\":");
        quoted(attempt.member(), to);
        text("outcome", Kebab.of(attempt.outcome()), to);
        if (attempt.status() > 0) {
            to.append(",\"status\":").append(attempt.status());
        }
        millis("connect_ms", attempt.connectNanos(), to);
        millis("first_byte_ms", attempt.firstByteNanos(), to);
        millis("duration_ms", attempt.durationNanos(), to);
        to.append('}');
    }

    private static void text(String name, String value, StringBuilder to) {
        if (!value.isEmpty()) {
            to.append(",\"").append(name).append("\":");
            quoted(value, to);
        }
    }

    private static void millis(String name, long nanos, StringBuilder to) {
        if (nanos >= 0) {
            to.append(",\"").append(name).append("\":");
            LineFormat.appendMillis(nanos, to);
        }
    }

    private static void quoted(String value, StringBuilder to) {
        to.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                to.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                LineFormat.appendHex(c, 4, to.append("\\u"));
            } else {
                to.append(c);
            }
        }
        to.append('"');
    }
}
