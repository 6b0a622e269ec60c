package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.util.List;

/**
 * Fairlead itself is held up, as with its whole machine, at 1,000 requests a second and with a time-out for each try that is far
 * shorter.
 *
 * @param answers what clients saw
 * @param tries how often members were charged with a failure
 * @param transitions what the log said of members
 */
record HeldUp(Answers answers, int tries, List<String> transitions) {
    private static final int PER_SECOND = 1000;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            [pools.app.retry]
            per_try_timeout = "250ms"
            """;

    /**
     * Plays it.
     *
     * @param seconds for which it is frozen
     */
    static HeldUp play(Path directory, Pace pace, double seconds) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, POOL)) {
            Load load = scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> "/");
            Scene.pause(pace.calm());
            int lines = scene.front().transitions().size();
            int before = tries(scene);
            scene.front().freeze();
            Scene.pause(seconds);
            scene.front().thaw();
            Scene.pause(seconds + pace.calm());
            Answers answers = Load.together(load.stop());
            scene.settled("app", scene.member(0));
            int after = tries(scene);
            List<String> transitions = scene.front().transitions();
            // Not ended in good order: its log may rightly complain of a loop that was blocked.
            return new HeldUp(answers, after - before, transitions.subList(lines, transitions.size()));
        }
    }

    private static int tries(Scene scene) {
        return Front.members(scene.front().pool("app")).stream()
                .mapToInt(Scene::tries)
                .sum();
    }
}
