package io.fairlead.stats;

/**
 * How many requests there were.
 *
 * @param total since the start
 * @param inWindow in the last minute
 * @param windowSeconds the real length of that minute: less after a start
 * @param perSecond over the last second
 */
public record Requests(long total, long inWindow, double windowSeconds, double perSecond) {
    /** None, in a window of this length. */
    public static Requests none(double windowSeconds) {
        return new Requests(0, 0, windowSeconds, 0);
    }

    /** Both together; windows are those of one snapshot. */
    public Requests plus(Requests other) {
        return new Requests(
                total + other.total,
                inWindow + other.inWindow,
                Math.max(windowSeconds, other.windowSeconds),
                perSecond + other.perSecond);
    }

    /** The mean over the last minute. */
    public double perSecondInWindow() {
        return windowSeconds > 0 ? inWindow / windowSeconds : 0;
    }
}
