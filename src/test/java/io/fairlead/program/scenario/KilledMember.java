package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One of three members is killed with -9, at 2,000 requests a second.
 *
 * @param answers what clients saw
 * @param out the line that says that it is out
 * @param outAfter from the kill to that line
 * @param tries how often it was tried in vain until then: requests that broke off, and failures to connect
 * @param triesLater how often it was tried while it was out
 */
record KilledMember(Answers answers, String out, Duration outAfter, int tries, int triesLater) {
    /** {@code fall} × {@code fast_interval} + {@code interval}: how long it may take probes alone. */
    static final Duration BY_PROBES = Duration.ofMillis(3 * 500 + 2000);

    private static final int PER_SECOND = 2000;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            """;
    private static final String PROBES_ALONE = """
            [pools.app.outlier]
            consecutive_failures = 0
            """;

    /**
     * Plays it.
     *
     * @param traffic whether what requests meet counts as evidence, or probes alone
     */
    static KilledMember play(Path directory, Pace pace, boolean traffic) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, (traffic ? POOL : POOL + PROBES_ALONE) + pace.timeouts())) {
            Load load = scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> "/");
            Scene.pause(pace.calm());
            MemberProcess victim = scene.member(1);
            int triesBefore = Scene.tries(scene.front().member("app", victim));
            int before = scene.front().lineCount();
            Instant killed = Instant.now();
            victim.kill();
            String out = scene.front().awaitLine(before, victim.address() + " is ");
            int tries = Scene.tries(scene.settled("app", victim)) - triesBefore;
            Scene.pause(pace.calm());
            Answers answers = Load.together(load.stop());
            int triesInAll = Scene.tries(scene.settled("app", victim)) - triesBefore;
            scene.end();
            return new KilledMember(answers, out, Duration.between(killed, Front.at(out)), tries, triesInAll - tries);
        }
    }
}
