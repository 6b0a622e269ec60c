package io.fairlead.settings;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, written with a binary unit: {@code "64KiB"}, {@code "10MiB"}, {@code "1GiB"}, {@code "512B"}, or
 * {@code "0"}.
 *
 * @param bytes zero or more
 */
public record Size(long bytes) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,15})(B|KiB|MiB|GiB)");

    public Size {
        if (bytes < 0) {
            throw new IllegalArgumentException(bytes + " (expected: zero bytes or more)");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if the unit is missing or unknown, or the number is too large
     */
    public static Size parse(String text) {
        if (text.equals("0")) {
            return new Size(0);
        }
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" (expected: a size such as \"64KiB\" or \"10MiB\")");
        }
        int shift = switch (matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: at most " + (Long.MAX_VALUE >> 30) + "GiB)");
        }
        return new Size(number << shift);
    }

    /** The written form, in the largest unit that holds it exactly. */
    @Override
    public String toString() {
        if (bytes == 0) {
            return "0";
        }
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = Math.min(Long.numberOfTrailingZeros(bytes) / 10, units.length - 1);
        return String.format(Locale.ROOT, "%d%s", bytes >> (10 * unit), units[unit]);
    }
}
