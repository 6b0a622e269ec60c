package io.fairlead.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The written form of durations, in files and in requests: {@code "250ms"}, {@code "2s"}, {@code "1m"}, {@code "1h"}. */
public final class Durations {
    // Well within what a long holds in nanoseconds, which is what durations are reckoned in.
    private static final Duration LONGEST = Duration.ofHours(1_000_000);
    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|h)");

    private Durations() {}

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none, or is more than a million hours; the message is {@code "text" (expected:
     *     rule)}
     */
    public static Duration parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refusal(text, "a duration such as \"250ms\", \"2s\", \"1m\" or \"1h\"");
        }
        long number = Long.parseLong(matcher.group(1));
        Duration duration = switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(number);
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
        if (duration.compareTo(LONGEST) > 0) {
            throw refusal(text, "at most " + LONGEST.toHours() + "h");
        }
        return duration;
    }

    private static IllegalArgumentException refusal(String text, String rule) {
        return new IllegalArgumentException("\"" + text + "\" (expected: " + rule + ")");
    }
}
