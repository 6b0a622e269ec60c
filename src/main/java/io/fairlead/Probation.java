package io.fairlead;

import io.fairlead.admin.program.Control.OnTrial;
import io.fairlead.admin.program.Trial;
import io.fairlead.stats.ListenerStats;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A configuration that is on trial: what was before it, and how requests fare since. Control context only.
 */
final class Probation {
    private static final long FEW = 20;

    private final Trial trial;
    private final Instant until;
    private final Goal before;
    private final ListenerStats atBegin;
    private final Runnable whenOver;

    /**
     * A trial that begins.
     *
     * @param until when it goes back
     * @param before what is gone back to
     * @param atBegin what became of all requests so far
     * @param whenOver to be run when it is settled
     */
    Probation(Trial trial, Instant until, Goal before, ListenerStats atBegin, Runnable whenOver) {
        this.trial = trial;
        this.until = until;
        this.before = before;
        this.atBegin = atBegin;
        this.whenOver = whenOver;
    }

    /** What is gone back to. */
    Goal before() {
        return before;
    }

    /** It is settled, in whichever way. */
    void end() {
        whenOver.run();
    }

    /** Why it has to go back, in words, if it has to. */
    Optional<String> tooManyErrors(ListenerStats now) {
        if (trial.errorsOver().isEmpty()
                || ended(now) < FEW
                || share(now) <= trial.errorsOver().getAsDouble()) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                Locale.ROOT,
                "%.1f%% of %d requests failed since, more than %.1f%%",
                share(now) * 100,
                ended(now),
                trial.errorsOver().getAsDouble() * 100));
    }

    private long ended(ListenerStats now) {
        return now.responses().total() - atBegin.responses().total();
    }

    private double share(ListenerStats now) {
        long ended = ended(now);
        return ended == 0 ? 0 : (now.errors().total() - atBegin.errors().total()) / (double) ended;
    }

    /** As it is told. */
    OnTrial shown(ListenerStats now) {
        return new OnTrial(trial, until, share(now));
    }
}
