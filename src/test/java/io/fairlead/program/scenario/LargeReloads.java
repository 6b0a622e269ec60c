package io.fairlead.program.scenario;

import io.fairlead.config.LargeConfig;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Reloads of a file with 1,000 routes, 200 pools and 2,000 members, one after another under load. Each changes the weight of every
 * member, a route's path, and puts a member in the place of another, which is probed first. One server is all the members, at
 * addresses of 127.1.0.0/16.
 *
 * @param took what each reload took, from the order until it was done
 * @param before what clients saw before
 * @param during what clients saw while one reload followed another
 * @param changes how many things the last one changed, by its own account
 * @param pools how many pools are shown after it
 * @param members how many members are shown after it
 * @param routes how many routes are shown after it
 */
record LargeReloads(
        List<Duration> took, Answers before, Answers during, int changes, int pools, int members, int routes) {
    private static final LargeConfig LARGE = LargeConfig.STANDARD;

    LargeReloads {
        took = List.copyOf(took);
    }

    /** Plays it. */
    static LargeReloads play(Path directory, Pace pace, int reloads, int perSecond) throws Exception {
        try (EchoMembers members = EchoMembers.everywhere();
                Front front = new Front(directory, config(members, 0));
                Load load = new Load(front.port(), perSecond, pace.warmUp(), n -> "/")) {
            load.awaitSecond(0);
            for (int n = 1; n <= reloads; n++) { // the compiler has seen one
                front.reload(config(members, n));
            }
            Scene.pause(pace.calm());
            load.countAnew();
            Scene.pause(pace.calm());
            Answers before = Load.together(load.countAnew());
            List<Duration> took = new ArrayList<>();
            JsonObject last = new JsonObject();
            for (int n = reloads + 1; n <= 2 * reloads; n++) {
                String next = config(members, n);
                long ordered = System.nanoTime();
                last = front.reload(next);
                took.add(Duration.ofNanos(System.nanoTime() - ordered));
            }
            Answers during = Load.together(load.stop());
            JsonObject status = front.status();
            LargeReloads seen = new LargeReloads(
                    took,
                    before,
                    during,
                    last.getJsonArray("changes").size(),
                    status.getJsonArray("pools").size(),
                    status.getJsonArray("pools").stream()
                            .mapToInt(pool ->
                                    ((JsonObject) pool).getJsonArray("members").size())
                            .sum(),
                    status.getJsonArray("routes").size());
            front.stop();
            return seen;
        }
    }

    /** The nth configuration: that of LARGE, and a route for all else. */
    private static String config(EchoMembers members, int n) {
        String text = LARGE.withWeight(1 + n % 2)
                .withRoutePath("/v" + n + "/")
                .withLastMember("10.1.250." + (1 + n % 2) + ":9001")
                .text();
        return text.replace("\"10.1.", "\"127.1.").replace(":9001\"", ":" + members.port(0) + "\"")
                + "[[routes]]\npath = \"/\"\npool = \"pool-0\"\n";
    }
}
