package io.fairlead.health.outlier;

import io.fairlead.health.Ground;
import io.fairlead.health.Scheduler;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Member;
import java.time.Duration;
import java.time.Instant;

/** What the detector knows of one member. Control context only. */
final class Watched {
    final Member member;
    final Evidence evidence;
    final FailureShare failures;
    TrafficVerdict verdict;
    /** Looks in a row at which it was much slower than its peers. */
    int slowLooks;
    /** What the present ejection is for, or the last. */
    Ground ground = Ground.FAILURES;
    /** Whether the present ejection is one in words only: the member goes on, and no more is said of it until the end. */
    boolean onlySaid;

    private Scheduler.Cancellation next = () -> {};
    private Duration length = Duration.ZERO;
    private int inARow;
    private long returnedAt;
    private boolean everRemarked;
    private long remarkedAt;

    Watched(Member member, Evidence evidence, Instant at, long now) {
        this.member = member;
        this.evidence = evidence;
        this.failures = new FailureShare(evidence, now);
        this.verdict = new TrafficVerdict(Standing.WELL, at, "no evidence against it");
        this.returnedAt = now;
    }

    boolean is(Standing standing) {
        return verdict.is(standing);
    }

    /** Whether it is out at present, for this. */
    boolean isOutFor(Ground one) {
        return is(Standing.EJECTED) && ground == one;
    }

    /** How long the next ejection lasts: longer than the last if that is over for no longer than it lasted. */
    Duration nextLength(Duration first, Duration longest, long now) {
        boolean again = inARow > 0 && (is(Standing.ON_TRIAL) || now - returnedAt < length.toNanos());
        inARow = again ? inARow + 1 : 1;
        Duration grown = first.multipliedBy(inARow);
        Duration bound = longest.compareTo(first) < 0 ? first : longest;
        length = grown.compareTo(bound) < 0 ? grown : bound;
        return length;
    }

    /** How long the last ejection was to last. */
    Duration length() {
        return length;
    }

    /** Whether it is time for another remark; if so it counts as made. */
    boolean mayBeRemarkedUpon(long now, Duration pause) {
        boolean may = !everRemarked || now - remarkedAt >= pause.toNanos();
        everRemarked = true;
        remarkedAt = may ? now : remarkedAt;
        return may;
    }

    /** The time since its last ejection ended, or since it is watched. */
    long nanosSinceReturn(long now) {
        return now - returnedAt;
    }

    void returned(long now) {
        returnedAt = now;
        slowLooks = 0;
        next.cancel();
    }

    /** Its ejections so far were not its fault. */
    void forgive() {
        inARow = 0;
    }

    /** What was to happen at the end of its ejection does not. */
    void cancel() {
        next.cancel();
    }

    void then(Scheduler.Cancellation scheduled) {
        next.cancel();
        next = scheduled;
    }
}
