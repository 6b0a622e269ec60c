package io.fairlead.admin.change;

import io.fairlead.admin.http.Query;
import io.fairlead.admin.program.Trial;
import io.fairlead.settings.Durations;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The condition of a reload as a query has it: {@code confirm=60s&rollback_if=errors>2%}, with % and > encoded. Any thread. */
final class Trials {
    static final String CONFIRM = "confirm";
    static final String ROLLBACK_IF = "rollback_if";
    private static final Pattern ERRORS = Pattern.compile("errors\\s*>\\s*(\\S+)");

    private Trials() {}

    /**
     * Reads it; empty if there is no condition.
     *
     * @throws IllegalArgumentException if a value is none, or is out of range; says which
     */
    static Optional<Trial> parse(Query query) {
        Optional<String> confirm = query.get(CONFIRM);
        OptionalDouble errorsOver =
                query.get(ROLLBACK_IF).map(Trials::errorsOver).orElse(OptionalDouble.empty());
        if (confirm.isEmpty() && errorsOver.isPresent()) {
            throw new IllegalArgumentException(
                    ROLLBACK_IF + ": stands alone (expected: with confirm, such as confirm=60s)");
        }
        return confirm.map(text -> new Trial(confirmWithin(text), errorsOver));
    }

    private static Duration confirmWithin(String text) {
        try {
            return Durations.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(CONFIRM + ": " + e.getMessage(), e);
        }
    }

    private static OptionalDouble errorsOver(String text) {
        Matcher matcher = ERRORS.matcher(text);
        try {
            if (matcher.matches()) {
                return OptionalDouble.of(Share.parse(matcher.group(1)).fraction());
            }
        } catch (IllegalArgumentException e) {
            // told below, as a whole
        }
        throw new IllegalArgumentException(ROLLBACK_IF + ": \"" + text + "\" (expected: such as \"errors>2%\")");
    }

    /** {@code "confirm 60s, rollback_if errors>2%"}. */
    static String inWords(Trial trial) {
        String confirm = CONFIRM + " " + trial.confirmWithin().toMillis() + "ms";
        return trial.errorsOver().isPresent()
                ? confirm + ", " + ROLLBACK_IF + " errors>"
                        + new Share(trial.errorsOver().getAsDouble())
                : confirm;
    }
}
