package io.fairlead.admin.latency;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads how far back a request wants to look. */
final class Windows {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,5})([smh])");
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofHours(24);

    private Windows() {}

    /**
     * Any duration from 30 s to 24 h: {@code "30s"}, {@code "10m"}, {@code "1h"}; a minute if there is no text.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    static Duration any(@Nullable String text) {
        if (text == null) {
            return Duration.ofMinutes(1);
        }
        Matcher matcher = DURATION.matcher(text);
        if (matcher.matches()) {
            Duration duration = of(Long.parseLong(matcher.group(1)), matcher.group(2));
            if (duration.compareTo(SHORTEST) >= 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        }
        throw new IllegalArgumentException(
                "window: \"" + text + "\" (expected: 30s to 24h, such as \"30s\", \"10m\" or \"1h\")");
    }

    private static Duration of(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            default -> Duration.ofHours(number);
        };
    }
}
