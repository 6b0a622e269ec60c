package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;

/**
 * One endpoint answers 503 on all three members, and gets a fifth of 1,000 requests a second.
 *
 * @param good what clients saw of the other endpoints
 * @param bad what they saw of this one
 * @param transitions what the log said of members
 */
record RefusingPath(Answers good, Answers bad, List<String> transitions) {
    private static final int PER_SECOND = 1000;
    private static final double SHARE = 0.2;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            """;

    static RefusingPath play(Path directory, Pace pace, double seconds) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, POOL + pace.timeouts())) {
            for (MemberProcess member : scene.members()) {
                member.refuse("/bad");
            }
            int lines = scene.front().transitions().size();
            Random random = new Random(1);
            Load load =
                    scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> random.nextDouble() < SHARE ? "/bad" : "/good");
            Scene.pause(seconds);
            var answers = load.stop();
            List<String> transitions = scene.front().transitions();
            scene.end();
            return new RefusingPath(
                    Objects.requireNonNull(answers.get("/good")),
                    Objects.requireNonNull(answers.get("/bad")),
                    transitions.subList(lines, transitions.size()));
        }
    }
}
