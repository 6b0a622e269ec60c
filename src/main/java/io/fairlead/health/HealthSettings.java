package io.fairlead.health;

import io.fairlead.settings.Choice;
import io.fairlead.settings.ChoiceOf;
import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import io.fairlead.settings.Share;
import java.time.Duration;

/**
 * When members are probed, and how many results flip them: {@code [pools.X.health]}.
 *
 * @param type the probe, with its options beside it
 * @param interval between the starts of two probes of a member that is up; 10 ms to 24 h
 * @param timeout of one probe, connecting included; 1 ms to 24 h. Where it is longer than the interval, the next probe
 *     waits for the end of the last
 * @param rise passes in a row that bring a member up; 1 or more
 * @param fall failures in a row that take a member down; 1 or more
 * @param fastInterval while a member is rising or falling, or was never probed to an end; 10 ms to 24 h
 * @param downInterval while a member is down; 10 ms to 24 h
 * @param jitter each interval is lengthened or shortened by up to this share, so that probes spread; 0% to 50%
 * @param start what a member counts as before its first probe has ended
 */
public record HealthSettings(
        @Default("http") @ChoiceOf(ProbeProvider.class) Choice type,
        @Default("2s") Duration interval,
        @Default("1s") Duration timeout,
        @Default("2") int rise,
        @Default("3") int fall,
        @Default("500ms") Duration fastInterval,
        @Default("5s") Duration downInterval,
        @Default("10%") Share jitter,
        @Default("down") Start start) {

    /** What a member counts as before its first probe has ended. */
    public enum Start {
        /** Gets nothing until one probe has passed. */
        DOWN,
        /** Gets requests at once. */
        UP
    }

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofHours(24);

    public HealthSettings {
        between("interval", interval, SHORTEST);
        between("fast_interval", fastInterval, SHORTEST);
        between("down_interval", downInterval, SHORTEST);
        between("timeout", timeout, Duration.ofMillis(1));
        positive("rise", rise);
        positive("fall", fall);
        if (jitter.fraction() > 0.5) {
            throw new IllegalArgumentException("jitter: " + jitter + " (expected: 0% to 50%)");
        }
    }

    private static void between(String name, Duration value, Duration least) {
        Range.atLeast(name, value, least);
        if (value.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + ": " + value.toSeconds() + "s (expected: " + LONGEST.toHours() + "h or less)");
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: 1 or more)");
        }
    }
}
