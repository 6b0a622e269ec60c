package io.fairlead.proxy;

import java.time.Duration;

/**
 * The time-outs of one exchange: of the phase it is in, of one try, and of the whole. Looked at by the sweep of {@link Deadlines}.
 * While the loop is held up, time stands still for what a member owes.
 *
 * <p>Confined to its exchange.
 */
final class Timer {
    /** What is waited for. */
    enum Phase {
        /** Nothing. */
        NONE,
        /** A member that has room. */
        QUEUE,
        /** A connection to a member. */
        CONNECT,
        /** The head of the answer, from the request's end. */
        FIRST_BYTE,
        /** The head of the answer, from the try's begin: then another member may be better. */
        TRY,
        /** The next byte, in whichever direction. */
        IDLE,
        /** The rest of a request that was answered already. */
        LINGER,
        /** The end of the exchange. */
        TOTAL
    }

    private final Loop loop;
    private Phase phase = Phase.NONE;
    private long phaseEnds;
    private long limitNanos;
    private boolean hasTry;
    private long tryNanos;
    private long tryEnds;
    private boolean hasTotal;
    private long totalNanos;
    private long totalEnds;

    Timer(Loop loop) {
        this.loop = loop;
    }

    /** The whole exchange may take this long, from now; zero: no limit. */
    void total(Duration limit) {
        hasTotal = !limit.isZero();
        if (hasTotal) {
            totalNanos = limit.toNanos();
            totalEnds = loop.now() + totalNanos;
        }
    }

    /** A tunnel may stay open for ever. */
    void noTotal() {
        hasTotal = false;
    }

    /** One try may take this long, from now; zero: no limit. */
    void oneTry(Duration limit) {
        hasTry = !limit.isZero();
        if (hasTry) {
            tryNanos = limit.toNanos();
            tryEnds = membersTime(loop.now()) + tryNanos;
        }
    }

    /** It was answered, or is over. */
    void noTry() {
        hasTry = false;
    }

    /** The wait for this begins. */
    void phase(Phase next, Duration limit) {
        phase = next;
        limitNanos = limit.toNanos();
        phaseEnds = timeOf(next, loop.now()) + limitNanos;
    }

    /** A byte moved. */
    void touch() {
        phaseEnds = timeOf(phase, loop.now()) + limitNanos;
    }

    /** What has passed; {@code NONE} if nothing has. */
    Phase passed(long now) {
        if (hasTotal && now - totalEnds >= 0) {
            return Phase.TOTAL;
        }
        if (timeOf(phase, now) - phaseEnds >= 0 && phase != Phase.NONE) {
            return phase;
        }
        return hasTry && membersTime(now) - tryEnds >= 0 ? Phase.TRY : Phase.NONE;
    }

    private long timeOf(Phase of, long now) {
        return of == Phase.CONNECT || of == Phase.FIRST_BYTE ? membersTime(now) : now;
    }

    private long membersTime(long now) {
        return now - loop.deadlines().heldUp();
    }

    /** Says that this phase took too long. */
    String inWords(Phase passed) {
        return switch (passed) {
            case TOTAL -> "The exchange was not complete within " + millis(totalNanos) + " (total).";
            case QUEUE -> "No member had room within " + millis(limitNanos) + " (queue).";
            case CONNECT -> "There was no connection to a member within " + millis(limitNanos) + " (connect).";
            case TRY -> "A member did not begin to answer within " + millis(tryNanos) + " (per try).";
            case FIRST_BYTE -> "A member did not begin to answer within " + millis(limitNanos) + " (first byte).";
            default -> "Nothing moved for " + millis(limitNanos) + " (idle).";
        };
    }

    private static String millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis() + " ms";
    }
}
