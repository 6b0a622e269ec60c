package io.fairlead.health;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long until a member's next probe. Every wait is spread by chance, so that the probes of many members, and of many
 * balancers, do not come in step.
 *
 * <p>Control context only.
 */
record Schedule(HealthSettings settings, RandomGenerator random) {
    private static final Duration LONGEST_FIRST = Duration.ofMillis(50);

    /** Until the first probe: at most 50 ms and half the fast interval, as who starts a program wants to see it serve. */
    Duration first() {
        Duration half = settings.fastInterval().dividedBy(2);
        Duration bound = half.compareTo(LONGEST_FIRST) < 0 ? half : LONGEST_FIRST;
        return times(bound, random.nextDouble());
    }

    /** Between the starts of two probes of a member that is in this state after the first of them. */
    Duration between(HealthState state) {
        Duration interval = switch (state) {
            case UP -> settings.interval();
            case DOWN -> settings.downInterval();
            default -> settings.fastInterval();
        };
        double jitter = settings.jitter().fraction() * (2 * random.nextDouble() - 1);
        return times(interval, 1 + jitter);
    }

    private static Duration times(Duration duration, double factor) {
        return Duration.ofNanos((long) (duration.toNanos() * factor));
    }
}
