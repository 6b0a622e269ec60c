package io.fairlead;

import io.fairlead.admin.program.Control.OnTrial;
import io.fairlead.admin.program.Trial;
import io.fairlead.config.Reading;
import io.fairlead.pool.Intent;
import io.fairlead.stats.ListenerStats;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A configuration that is on trial: what was before it, and how requests fare since. Control context only.
 */
final class Probation {
    private static final long FEW = 20;

    private final Trial trial;
    private final Instant until;
    private final Before before;
    private final Runnable whenOver;
    private @Nullable ListenerStats atBegin;

    /**
     * What is gone back to.
     *
     * @param intents what pools were to be, by their names, orders of the operator included
     */
    record Before(Reading reading, Map<String, Intent> intents) {}

    /**
     * A trial that begins.
     *
     * @param until when it goes back
     * @param whenOver to be run when it is settled
     */
    Probation(Trial trial, Instant until, Before before, Runnable whenOver) {
        this.trial = trial;
        this.until = until;
        this.before = before;
        this.whenOver = whenOver;
    }

    Before before() {
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
