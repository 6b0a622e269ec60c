package io.fairlead.program.scenario;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One of two members is frozen for six seconds, at 200 requests a second, with a response time-out of two seconds. Several
 * strategies and settings at once, each with a pool of its own over the same two members.
 *
 * @param pools what was seen, by the name of the pool
 */
record FrozenHalf(Map<String, Seen> pools) {
    static final int FROZEN_SECONDS = 6;
    static final List<String> STRATEGIES = List.of("round-robin", "least-connections", "peak-ewma");

    private static final int PER_SECOND = 200;

    /** What to do about a member that hangs. */
    enum Settings {
        /** Nothing but probes. */
        PROBES("consecutive_failures = 0", "0s"),
        /** As it is unless told otherwise. */
        DEFAULTS("", "0s"),
        /** A time-out for each try. */
        PER_TRY("", "250ms");

        private final String outlier;
        private final String perTry;

        Settings(String outlier, String perTry) {
            this.outlier = outlier;
            this.perTry = perTry;
        }

        String inWords() {
            return switch (this) {
                case PROBES -> "probes alone (`consecutive_failures = 0`)";
                case DEFAULTS -> "all else at its default";
                case PER_TRY -> "`per_try_timeout = \"" + perTry + "\"`";
            };
        }
    }

    /**
     * Of one pool.
     *
     * @param answers what clients saw
     * @param caught how many requests timed out at the frozen member
     * @param probes how many probes it got while it was frozen, or one more
     */
    record Seen(Answers answers, int caught, int probes) {}

    /**
     * Plays it.
     *
     * @param seconds of load that count, 6 and more; it is frozen after one
     */
    static FrozenHalf play(Path directory, Pace pace, double seconds, Settings... all) throws Exception {
        Map<String, String> pools = pools(all);
        List<String> names = List.copyOf(pools.keySet());
        try (Scene scene = new Scene(directory, 2, 2, String.join("", pools.values()))) {
            int rate = pace.of(PER_SECOND) * names.size();
            Load load = scene.load(rate, pace.warmUp(), n -> "/" + names.get(n % names.size()));
            load.awaitSecond(1);
            MemberProcess victim = scene.member(0);
            Map<String, Integer> probesBefore = victim.counts();
            Map<String, Integer> triesBefore = tries(scene, names, victim);
            victim.freeze();
            load.awaitSecond(1 + FROZEN_SECONDS);
            victim.thaw();
            Scene.pause(0.2); // in which it reads what was sent to it
            Map<String, Integer> probes = victim.counts();
            load.awaitSecond(seconds);
            Map<String, Answers> answers = load.stop();
            scene.settled(names.get(0), victim);
            Map<String, Integer> tries = tries(scene, names, victim);
            Map<String, Seen> seen = new LinkedHashMap<>();
            for (String name : names) {
                Answers of = answers.getOrDefault("/" + name, new Answers());
                String probe = "/health/" + name;
                seen.put(
                        name,
                        new Seen(of, difference(tries, triesBefore, name), difference(probes, probesBefore, probe)));
            }
            scene.end();
            return new FrozenHalf(seen);
        }
    }

    Seen of(String strategy, Settings settings) {
        return Objects.requireNonNull(pools.get(nameOf(strategy, settings)));
    }

    /** Their configurations by their names. */
    private static Map<String, String> pools(Settings... all) {
        Map<String, String> pools = new LinkedHashMap<>();
        for (Settings settings : all) {
            for (String strategy : STRATEGIES) {
                String name = nameOf(strategy, settings);
                pools.put(name, config(name, strategy, settings));
            }
        }
        return pools;
    }

    private static String nameOf(String strategy, Settings settings) {
        return strategy + "-" + settings.name().toLowerCase(Locale.ROOT);
    }

    private static Map<String, Integer> tries(Scene scene, List<String> pools, MemberProcess member) {
        Map<String, Integer> tries = new LinkedHashMap<>();
        pools.forEach(pool -> tries.put(pool, Scene.tries(scene.front().member(pool, member))));
        return tries;
    }

    private static int difference(Map<String, Integer> after, Map<String, Integer> before, String key) {
        return after.getOrDefault(key, 0) - before.getOrDefault(key, 0);
    }

    private static String config(String name, String strategy, Settings settings) {
        return """
                [[routes]]
                path = "/%1$s"
                pool = "%1$s"
                [pools.%1$s]
                strategy = "%2$s"
                @members@
                [pools.%1$s.health]
                path = "/health/%1$s"
                interval = "1s"
                jitter = "0%%"
                fast_interval = "1s"
                down_interval = "1s"
                [pools.%1$s.timeouts]
                first_byte = "2s"
                [pools.%1$s.outlier]
                %3$s
                [pools.%1$s.retry]
                per_try_timeout = "%4$s"
                """.formatted(name, strategy, settings.outlier, settings.perTry);
    }
}
