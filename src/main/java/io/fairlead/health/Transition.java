package io.fairlead.health;

import io.fairlead.settings.Kebab;
import java.time.Instant;

/**
 * A member became something else, in health or by order; or, where it stays what it is, a remark about what would have
 * happened to it and why it did not.
 *
 * @param at when
 * @param source on whose word
 * @param from the health state or the order before, in kebab-case; of a weight {@code "weight 5"}
 * @param to the one after; the same for a remark
 * @param reason the cause, in words
 */
public record Transition(Instant at, Source source, String from, String to, String reason) implements HistoryEntry {
    /** What a member becomes that comes to its pool. */
    private static final String ADDED = "added";

    /** What a member becomes that leaves it. */
    private static final String REMOVED = "removed";

    /** One of health or of orders, by the names of the states. */
    public static <S extends Enum<S>> Transition of(Instant at, Source source, S from, S to, String reason) {
        return new Transition(at, source, Kebab.of(from), Kebab.of(to), reason);
    }

    /** Another weight, by order or by the configuration. */
    public static Transition ofWeight(Instant at, int from, int to, String reason) {
        return new Transition(at, Source.OPERATOR, "weight " + from, "weight " + to, reason);
    }

    /** A member came to its pool while that was at work. */
    public static Transition ofComing(Instant at, String reason) {
        return new Transition(at, Source.OPERATOR, "absent", ADDED, reason);
    }

    /** A member left its pool. */
    public static Transition ofLeaving(Instant at, String reason) {
        return new Transition(at, Source.OPERATOR, "present", REMOVED, reason);
    }

    /** Whether the member came or left. */
    public boolean isMembership() {
        return to.equals(ADDED) || to.equals(REMOVED);
    }

    /** Whether nothing changed, and it only says what might have. */
    public boolean isRemark() {
        return from.equals(to);
    }
}
