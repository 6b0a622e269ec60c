package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.util.List;

/**
 * All three members are restarted one by one, at 1,000 requests a second: the next as soon as the last one has requests again.
 *
 * @param answers what clients saw
 * @param transitions what the log said of members
 */
record RollingRestart(Answers answers, List<String> transitions) {
    private static final int PER_SECOND = 1000;
    private static final String POOL = """
            [pools.app]
            @members@
            [pools.app.health]
            interval = "500ms"
            timeout = "500ms"
            fast_interval = "200ms"
            down_interval = "200ms"
            """;

    /**
     * Plays it.
     *
     * @param gently whether members end what they have in work, or are killed with -9
     */
    static RollingRestart play(Path directory, Pace pace, boolean gently) throws Exception {
        try (Scene scene = new Scene(directory, 3, 5, POOL + pace.timeouts())) {
            Load load = scene.load(pace.of(PER_SECOND), pace.warmUp(), n -> "/");
            int lines = scene.front().transitions().size();
            for (MemberProcess member : scene.members()) {
                if (gently) {
                    member.stopGently();
                } else {
                    member.kill();
                }
                member.startAgain();
                scene.front().awaitMember("app", member, shown -> serves(member, shown.getString("health")));
            }
            Scene.pause(pace.calm());
            Answers answers = Load.together(load.stop());
            List<String> transitions = scene.front().transitions();
            scene.end();
            return new RollingRestart(answers, transitions.subList(lines, transitions.size()));
        }
    }

    private static boolean serves(MemberProcess member, String health) {
        try {
            return health.equals("up") && member.requests() > 0;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
