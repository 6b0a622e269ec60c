package io.fairlead.balance.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Spans of time drawn from a distribution, which may change as time goes by. */
@FunctionalInterface
public interface Span {
    /** The next one, in nanoseconds, 0 or more; {@code now} is that of the run, which begins at 0. */
    long draw(long now, RandomGenerator chance);

    /** Always the same. */
    static Span constant(Duration span) {
        long nanos = span.toNanos();
        return (now, chance) -> nanos;
    }

    /** Evenly between the two. */
    static Span uniform(Duration least, Duration most) {
        long from = least.toNanos();
        long to = most.toNanos() + 1;
        return (now, chance) -> chance.nextLong(from, to);
    }

    /** Without memory: as likely to end in the next moment as in any before. */
    static Span exponential(Duration mean) {
        double nanos = mean.toNanos();
        return (now, chance) -> Math.round(-nanos * Math.log(1 - chance.nextDouble()));
    }

    /** The usual shape of latencies; one in six is longer than {@code median * e^sigma}. */
    static Span logNormal(Duration median, double sigma) {
        double nanos = median.toNanos();
        return (now, chance) -> Math.round(nanos * Math.exp(sigma * chance.nextGaussian()));
    }

    /** This one, but another for what is drawn within a time of the run. */
    default Span but(Span other, Duration from, Duration to) {
        long begin = from.toNanos();
        long end = to.toNanos();
        return (now, chance) -> (now >= begin && now < end ? other : this).draw(now, chance);
    }
}
