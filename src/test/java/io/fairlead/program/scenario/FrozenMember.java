package io.fairlead.program.scenario;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One of three members stops answering (SIGSTOP), at 1,000 requests a second, with a time-out for each try.
 *
 * @param answers what clients saw
 * @param ejected the line that says that it is ejected
 * @param ejectedAfter from the signal to that line
 * @param caught how many requests timed out at it
 * @param caughtLater how many more did that were sent to it while it was out
 * @param retried how many were tried again elsewhere
 * @param late how many requests took longer than the time-out of one try
 */
record FrozenMember(
        Answers answers, String ejected, Duration ejectedAfter, int caught, int caughtLater, int retried, long late) {
    private static final int PER_SECOND = 1000;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.retry]
            per_try_timeout = "%dms"
            """;

    /**
     * Plays it.
     *
     * @param perTryMillis the time-out of one try
     */
    static FrozenMember play(Path directory, Pace pace, int perTryMillis) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, POOL.formatted(perTryMillis))) {
            Load load = scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> "/");
            Scene.pause(pace.calm());
            MemberProcess victim = scene.member(1);
            JsonObject before = scene.front().member("app", victim);
            int lines = scene.front().lineCount();
            Instant frozen = Instant.now();
            victim.freeze();
            String ejected = scene.front().awaitLine(lines, victim.address() + " is ");
            int caught = Scene.tries(scene.settled("app", victim)) - Scene.tries(before);
            Scene.pause(pace.calm());
            Answers answers = Load.together(load.stop());
            JsonObject after = scene.settled("app", victim);
            victim.thaw();
            scene.end();
            return new FrozenMember(
                    answers,
                    ejected,
                    Duration.between(frozen, Front.at(ejected)),
                    caught,
                    Scene.tries(after) - Scene.tries(before) - caught,
                    after.getInteger("retries_from") - before.getInteger("retries_from"),
                    answers.slowerThan(perTryMillis));
        }
    }
}
