package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Reason;
import java.util.Locale;

/**
 * The head of an answer of HTTP/1, line by line: strict (RFC 9112), as the traffic's own reader is, and of it only what says
 * where the body ends and whether the connection stays. Confined to one probe.
 */
final class HttpHead {
    /** A body whose length is not told but by the connection's end. */
    static final long UNTIL_CLOSED = -1;

    private int status;
    private long length = UNTIL_CLOSED;
    private boolean chunked;
    private boolean persistent;

    /** The status. */
    int status() {
        return status;
    }

    /** Bytes in the body, or {@link #UNTIL_CLOSED}; of no meaning if it is {@link #isChunked()}. */
    long length() {
        return length;
    }

    boolean isChunked() {
        return chunked;
    }

    /** Whether another request may follow on the connection. */
    boolean isPersistent() {
        return persistent;
    }

    /** Whether a final answer is still to come. */
    boolean isInterim() {
        return status < 200;
    }

    /** Takes the first line; what was known of an interim answer is forgotten. */
    void begin(String line) throws Unfit {
        boolean right = line.length() >= 12
                && line.startsWith("HTTP/1.")
                && (line.charAt(7) == '0' || line.charAt(7) == '1')
                && line.charAt(8) == ' '
                && (line.length() == 12 || line.charAt(12) == ' ');
        status = right ? digits(line) : 0;
        if (status < 100) {
            throw malformed("no status line");
        }
        if (status == 101) {
            throw malformed("protocols switched unasked");
        }
        persistent = line.charAt(7) == '1';
        length = UNTIL_CLOSED;
        chunked = false;
    }

    private static int digits(String line) {
        int number = 0;
        for (int i = 9; i < 12; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return 0;
            }
            number = 10 * number + c - '0';
        }
        return number;
    }

    /** Takes a field line, of the head or of trailers. */
    void field(String line, boolean inHead) throws Unfit {
        int colon = line.indexOf(':');
        if (colon < 1 || !isToken(line, colon) || !isText(line, colon + 1)) {
            throw malformed(inHead ? "a malformed header" : "a malformed trailer");
        }
        if (!inHead) {
            return;
        }
        switch (colon) { // the lengths of the three names that matter
            case 10 -> connection(line);
            case 14 -> contentLength(line);
            case 17 -> transferEncoding(line);
            default -> {}
        }
    }

    private void connection(String line) {
        if (isNamed(line, "connection")) {
            persistent &= !line.toLowerCase(Locale.ROOT).contains("close");
        }
    }

    private void contentLength(String line) throws Unfit {
        if (!isNamed(line, "content-length")) {
            return;
        }
        String value = line.substring(15).strip();
        if (value.isEmpty() || value.length() > 18 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw malformed("a content-length that is no number");
        }
        long told = Long.parseLong(value);
        if (length != UNTIL_CLOSED && length != told) {
            throw malformed("two lengths");
        }
        length = told;
    }

    private void transferEncoding(String line) throws Unfit {
        if (!isNamed(line, "transfer-encoding")) {
            return;
        }
        if (chunked || !line.substring(18).strip().equalsIgnoreCase("chunked")) {
            throw malformed("an unknown transfer coding");
        }
        chunked = true;
    }

    /** Takes the empty line. */
    void end() throws Unfit {
        if (chunked && length != UNTIL_CLOSED) {
            throw malformed("both a length and a transfer coding");
        }
    }

    static Unfit malformed(String what) {
        return new Unfit(Reason.PROTOCOL, "not HTTP: " + what);
    }

    private static boolean isNamed(String line, String name) {
        return line.regionMatches(true, 0, name, 0, name.length());
    }

    private static boolean isToken(String line, int end) {
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            boolean alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            if (!alphanumeric && (c == 0 || "!#$%&'*+-.^_`|~".indexOf(c) < 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isText(String line, int start) {
        for (int i = start; i < line.length(); i++) {
            char c = line.charAt(i);
            if ((c < ' ' && c != '\t') || c == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
