package io.fairlead.balance.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When clients send. */
public sealed interface Arrivals {
    /** By a clock of their own, whether or not earlier requests were answered (open loop). */
    record Open(Span gap) implements Arrivals {
        long next(long last, RandomGenerator chance) {
            return last + gap.draw(last, chance);
        }
    }

    /** One client, who sends as soon as it has its answer. */
    record OneAtATime() implements Arrivals {}

    /** Many clients who do not know of each other. */
    static Arrivals poisson(double perSecond) {
        return new Open(Span.exponential(gap(perSecond)));
    }

    /** Like clockwork. */
    static Arrivals evenly(double perSecond) {
        return new Open(Span.constant(gap(perSecond)));
    }

    private static Duration gap(double perSecond) {
        return Duration.ofNanos(Math.round(1e9 / perSecond));
    }
}
