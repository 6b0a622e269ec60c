package io.fairlead.config;

import io.fairlead.settings.Kebab;
import io.fairlead.settings.Secret;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * The written form of single values, as TOML has them: what {@link Texts} reads, backwards. Types with a
 * {@code parse(String)} have theirs by {@link Object#toString}.
 */
final class Notation {
    private static final String MASK = "***";
    private static final Pattern BARE_KEY = Pattern.compile("[A-Za-z0-9_-]+");

    private Notation() {}

    /** A value, in quotes where TOML wants them. A secret is only written as the reference that it came from, else masked. */
    static String of(Object value) {
        if (value instanceof Secret secret) {
            return quoted(secret.reference().orElse(secret.isSet() ? MASK : ""));
        }
        if (value instanceof Double number) {
            String plain = new BigDecimal(number.toString()).toPlainString();
            return plain.indexOf('.') < 0 ? plain + ".0" : plain;
        }
        if (value instanceof Boolean || value instanceof Number) {
            return value.toString();
        }
        return quoted(text(value).replace("${", "$${"));
    }

    private static String text(Object value) {
        if (value instanceof Duration duration) {
            return duration(duration);
        }
        return value instanceof Enum<?> constant ? Kebab.of(constant) : value.toString();
    }

    /** In the largest unit that holds it exactly. */
    private static String duration(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        long seconds = duration.toSeconds();
        if (seconds % 60 != 0 || seconds == 0) {
            return seconds + "s";
        }
        return seconds % 3600 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }

    /** A key, in quotes where TOML wants them. */
    static String key(String name) {
        return BARE_KEY.matcher(name).matches() ? name : "\"" + name + "\"";
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (isShown(c)) {
                        quoted.appendCodePoint(c);
                    } else {
                        quoted.append(String.format(c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
                    }
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** Neither moves a terminal's cursor nor the direction of text. */
    private static boolean isShown(int c) {
        return !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
    }
}
