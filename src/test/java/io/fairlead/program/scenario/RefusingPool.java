package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.util.List;

/**
 * All three members answer 503 to everything but probes, at 500 requests a second.
 *
 * @param asked how many requests clients sent
 * @param answers what they saw
 * @param given how many of these and of their retries the members got
 * @param transitions what the log said of members
 */
record RefusingPool(int asked, Answers answers, int given, List<String> transitions) {
    /** How many retries a quiet pool has saved up. */
    static final int RESERVE = 100;

    /** The share of retries. */
    static final double BUDGET = 0.2;

    private static final int PER_SECOND = 500;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            """;

    static RefusingPool play(Path directory, Pace pace, double seconds) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, POOL + pace.timeouts())) {
            Load calm = scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> "/");
            Scene.pause(pace.calm());
            calm.stop();
            int before = given(scene);
            int lines = scene.front().transitions().size();
            for (MemberProcess member : scene.members()) {
                member.refuse();
            }
            Load load = scene.load(pace.of(PER_SECOND), 0, n -> "/");
            Scene.pause(seconds);
            Answers answers = Load.together(load.stop());
            int given = given(scene) - before;
            List<String> transitions = scene.front().transitions();
            scene.end();
            return new RefusingPool(answers.count(), answers, given, transitions.subList(lines, transitions.size()));
        }
    }

    private static int given(Scene scene) throws Exception {
        int sum = 0;
        for (MemberProcess member : scene.members()) {
            sum += member.requests();
        }
        return sum;
    }
}
