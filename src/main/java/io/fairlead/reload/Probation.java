package io.fairlead.reload;

import io.fairlead.admin.program.Control.OnTrial;
import io.fairlead.admin.program.Trial;
import io.fairlead.stats.ListenerStats;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that is on trial: what was before it, and how requests fare since. Control context only.
 */
final class Probation {
    private static final long FEW = 20;

    private final Trial trial;
    private final Instant until;
    private final Goal before;
    private final Runnable whenOver;
    private @Nullable ListenerStats atBegin;

    /**
     * A trial that begins.
     *
     * @param until when it goes back
     * @param before what is gone back to
     * @param whenOver to be run when it is settled
     */
    Probation(Trial trial, Instant until, Goal before, Runnable whenOver) {
        this.trial = trial;
        this.until = until;
        this.before = before;
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

    /**
     * Why it has to go back, in words, if it has to. To be called after each sample: of the first one it is told, it does not know which
     * requests were before it.
     */
    Optional<String> tooManyErrors(ListenerStats now) {
        if (atBegin == null) {
            atBegin = now;
        }
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
        return atBegin == null
                ? 0
                : now.responses().total() - atBegin.responses().total();
    }

    private double share(ListenerStats now) {
        long ended = ended(now);
        return ended == 0 || atBegin == null
                ? 0
                : (now.errors().total() - atBegin.errors().total()) / (double) ended;
    }

    /** As it is told. */
    OnTrial shown(ListenerStats now) {
        return new OnTrial(trial, until, share(now));
    }
}
