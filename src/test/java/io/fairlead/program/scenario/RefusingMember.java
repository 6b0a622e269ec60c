package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.util.List;

/**
 * One of three members answers 503 to everything but its probes, at 1,000 requests a second.
 *
 * @param before what clients saw while all was well
 * @param answers what they saw from then on
 * @param refused how many requests it refused
 * @param transitions what the log said of it
 * @param ejections how often it was ejected
 */
record RefusingMember(Answers before, Answers answers, int refused, List<String> transitions, int ejections) {
    private static final int PER_SECOND = 1000;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            interval = "500ms"
            timeout = "500ms"
            [pools.app.outlier]
            ejection_time = "2s"
            """;

    /**
     * Plays it.
     *
     * @param seconds for which it refuses
     */
    static RefusingMember play(Path directory, Pace pace, double seconds) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, POOL + pace.timeouts())) {
            Load load = scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> "/");
            Scene.pause(pace.calm());
            MemberProcess victim = scene.member(1);
            Answers before = Load.together(load.countAnew());
            int servedBefore = victim.requests();
            int lines = scene.front().transitions().size();
            victim.refuse();
            Scene.pause(seconds);
            Answers answers = Load.together(load.stop());
            int refused =
                    scene.settled("app", victim).getJsonObject("responses").getInteger("5xx");
            int ejections = scene.front().member("app", victim).getInteger("ejections");
            List<String> transitions = scene.front().transitions();
            scene.end();
            if (victim.requests() - servedBefore < refused) {
                throw new AssertionError("more refusals were counted than it gave");
            }
            return new RefusingMember(
                    before, answers, refused, transitions.subList(lines, transitions.size()), ejections);
        }
    }
}
