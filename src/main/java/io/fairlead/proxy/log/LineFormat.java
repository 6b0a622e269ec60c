package io.fairlead.proxy.log;

import java.util.concurrent.TimeUnit;

/** How a record is written as one line of ASCII: whatever clients send, no line breaks and no terminal is commanded. */
interface LineFormat {
    /** Writes the line, with its end. */
    void append(AccessRecord entry, StringBuilder to);

    /** That of the settings. */
    static LineFormat of(AccessLogSettings.Format format) {
        return switch (format) {
            case JSON -> new JsonLines();
            case COMBINED -> new CombinedLines();
        };
    }

    /** Writes a time in milliseconds, with three digits behind the point. */
    static void appendMillis(long nanos, StringBuilder to) {
        long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(nanos, 0));
        to.append(micros / 1000).append('.');
        long rest = micros % 1000;
        to.append(rest < 10 ? "00" : rest < 100 ? "0" : "").append(rest);
    }

    /** Writes a character as two hexadecimal digits, or four. */
    static void appendHex(int value, int digits, StringBuilder to) {
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            to.append(Character.forDigit(value >> shift & 0xf, 16));
        }
    }
}
