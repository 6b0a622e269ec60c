package io.fairlead.settings;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * A part of a whole, written in percent: {@code "20%"}, {@code "12.5%"}; some settings allow more than the whole.
 *
 * @param fraction zero or more; 1 is the whole
 */
public record Share(double fraction) {
    private static final Pattern TEXT = Pattern.compile("\\d{1,6}(\\.\\d{1,6})?%");

    public Share {
        if (!(fraction >= 0) || Double.isInfinite(fraction)) {
            throw new IllegalArgumentException(fraction + " (expected: zero or more)");
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is no number with a percent sign
     */
    public static Share parse(String text) {
        if (!TEXT.matcher(text).matches()) {
            throw new IllegalArgumentException("\"" + text + "\" (expected: a share such as \"20%\")");
        }
        return new Share(new BigDecimal(text.substring(0, text.length() - 1))
                .movePointLeft(2)
                .doubleValue());
    }

    @Override
    public String toString() {
        return BigDecimal.valueOf(fraction)
                        .movePointRight(2)
                        .stripTrailingZeros()
                        .toPlainString() + "%";
    }
}
