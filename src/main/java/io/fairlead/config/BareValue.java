package io.fairlead.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A value without quotes or brackets: a number or a boolean. Stricter than toml4j, which takes {@code 017} for 17 and
 * computes {@code 3e-5} to 3.0000000000000004E-5. Complaints never quote the value; it may be a secret.
 */
enum BareValue {
    BOOLEAN("true|false"),
    INTEGER("[+-]?(?:0|[1-9](?:_?[0-9])*)"),
    FLOAT("[+-]?(?:0|[1-9](?:_?[0-9])*)\\.[0-9](?:_?[0-9])*");

    private static final Map<Pattern, String> COMPLAINTS = complaints();
    // More digits than any number has that fits; the patterns recurse for each.
    private static final int LONGEST = 400;
    private static final String TOO_LARGE = "a number too large (expected: at most " + Long.MAX_VALUE + ")";

    private final Pattern pattern;

    BareValue(String regex) {
        pattern = Pattern.compile(regex);
    }

    /** What the text is; empty where it is none of these. */
    static Optional<BareValue> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        for (BareValue kind : values()) {
            if (kind.pattern.matcher(text).matches()) {
                return kind == INTEGER && !fitsLong(text) ? Optional.empty() : Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** Why a text for which {@link #of} is empty is no value. */
    static String complaint(String text) {
        if (text.length() <= LONGEST && INTEGER.pattern.matcher(text).matches()) {
            return TOO_LARGE;
        }
        return COMPLAINTS.entrySet().stream()
                .filter(entry -> entry.getKey().matcher(text).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("not a TOML value (expected: text in quotes, a number, true or false)");
    }

    private static boolean fitsLong(String text) {
        try {
            Long.parseLong(text.replace("_", ""));
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static Map<Pattern, String> complaints() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("(?i:true|false)", "not a TOML value (expected: true or false, in small letters)");
        texts.put("[+-]?0[0-9_]+(\\.[0-9_]*)?", "a number with a leading zero (expected: a decimal number without it)");
        texts.put("[+-]?0[xob].*", "a hexadecimal, octal or binary number (expected: a decimal number)");
        texts.put("[+-]?(inf|nan)", "not a number of TOML 0.4 (expected: a decimal number)");
        texts.put("[+-]?[0-9][0-9_.]*[eE][+-]?[0-9_]+", "a number with an exponent (expected: a number written out)");
        texts.put("[0-9]{4}-[0-9]{2}-[0-9]{2}.*|[0-9]{2}:[0-9]{2}:.*", "a date or a time (no setting takes one)");
        texts.put(
                "[0-9.]+(ms|s|m|h|B|KiB|MiB|GiB|%)",
                "a number with a unit but without quotes (expected: quotes around it, such as \"2s\")");
        texts.put("[+-]?[0-9_]*\\.?[0-9_]*", "a malformed number (expected: one such as 12, 1_000 or 0.5)");
        Map<Pattern, String> complaints = new LinkedHashMap<>();
        texts.forEach((regex, text) -> complaints.put(Pattern.compile(regex, Pattern.DOTALL), text));
        return complaints;
    }
}
