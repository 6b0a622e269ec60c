package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One reload after another under load, with WebSockets open. Each changes the weights of two members, puts a route in the place of
 * another, and a member of a new name in the place of another.
 *
 * @param answers what clients saw
 * @param seconds how long the requests came that are counted
 * @param talks how the WebSockets fared
 * @param early what it took after the first reloads, when it had nothing to do
 * @param late what it took after the last, likewise
 * @param reloading what all the reloads took together
 */
record ManyReloads(
        Answers answers,
        double seconds,
        OpenWebSockets.Seen talks,
        Footprint early,
        Footprint late,
        Duration reloading) {
    /** Kept connections to members end after 4 s, and what is known of who has gone with the samples after that. */
    private static final double REST_SECONDS = 7;

    /**
     * How much of it is played.
     *
     * @param first how many reloads until it is looked at for the first time
     * @param more how many come then
     * @param perSecond how many requests
     * @param webSockets how many are open all the time
     */
    record Counts(int first, int more, int perSecond, int webSockets) {}

    /**
     * Plays it.
     *
     * @param counts how much is to come
     */
    static ManyReloads play(Path directory, Pace pace, Counts counts) throws Exception {
        try (EchoMembers members = EchoMembers.onLoopback(4);
                Front front = new Front(directory, config(members, 0));
                OpenWebSockets sockets = new OpenWebSockets(front.port(), counts.webSockets())) {
            Reloads reloads = new Reloads(front, members, pace.warmUp(), counts.perSecond());
            reloads.play(counts.first());
            Footprint early = reloads.atRest();
            reloads.play(counts.more());
            Footprint late = reloads.atRest();
            OpenWebSockets.Seen talks = sockets.seen();
            sockets.close();
            front.stop();
            return new ManyReloads(reloads.answers, reloads.seconds, talks, early, late, reloads.took);
        }
    }

    /** The nth configuration. */
    private static String config(EchoMembers members, int n) {
        return """
                [[routes]]
                path = "/v%d/"
                pool = "app"
                timeout = "%ds"
                [[routes]]
                path = "/"
                pool = "app"
                [pools.app]
                members = [
                    { address = "%s", id = "a", weight = %d },
                    { address = "%s", id = "b", weight = %d },
                    { address = "%s", id = "c%d" },
                ]
                [pools.app.health]
                interval = "500ms"
                [pools.app.timeouts]
                connect = "10s"
                """.formatted(
                        n,
                        30 + n % 2,
                        members.address(0),
                        1 + n % 5,
                        members.address(1),
                        1 + (n + 2) % 5,
                        members.address(2 + n % 2),
                        n);
    }

    /** Reloads, with a load while they go on. */
    private static final class Reloads {
        private final Front front;
        private final EchoMembers members;
        private final double warmUp;
        private final int perSecond;
        private final Answers answers = new Answers();
        private final AtomicInteger done = new AtomicInteger(); // the load reads it
        private double seconds;
        private Duration took = Duration.ZERO;

        Reloads(Front front, EchoMembers members, double warmUp, int perSecond) {
            this.front = front;
            this.members = members;
            this.warmUp = warmUp;
            this.perSecond = perSecond;
        }

        void play(int count) throws Exception {
            // a half by the route that changes
            try (Load load =
                    new Load(front.port(), perSecond, warmUp, n -> n % 2 == 0 ? "/" : "/v" + done.get() + "/")) {
                load.awaitSecond(0);
                long begin = System.nanoTime();
                for (int i = 0; i < count; i++) {
                    front.reload(config(members, done.get() + 1));
                    done.incrementAndGet();
                }
                took = took.plusNanos(System.nanoTime() - begin);
                answers.add(Load.together(load.stop()));
                seconds += (System.nanoTime() - begin) / 1e9;
            }
        }

        Footprint atRest() throws Exception {
            Scene.pause(REST_SECONDS);
            return Footprint.of(front);
        }
    }
}
