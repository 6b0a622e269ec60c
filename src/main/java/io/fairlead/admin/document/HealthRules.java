package io.fairlead.admin.document;

import io.fairlead.health.HealthSettings;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.pool.PoolSettings;
import io.fairlead.settings.Kebab;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** By which rules the members of a pool are up, down or ejected: in numbers, and in sentences. Any thread. */
final class HealthRules {
    private HealthRules() {}

    static JsonObject of(PoolSettings pool) {
        return new JsonObject()
                .put("probes", pool.health().map(HealthRules::probes).orElse(null))
                .put("outlier", outlier(pool.outlier()))
                .put("in_words", new JsonArray(inWords(pool)));
    }

    private static JsonObject probes(HealthSettings health) {
        JsonObject rules = new JsonObject().put("type", health.type().name());
        OptionsDocument.of(health.type().options()).forEach(option -> rules.put(option.getKey(), option.getValue()));
        return rules.put("interval_ms", health.interval().toMillis())
                .put("timeout_ms", health.timeout().toMillis())
                .put("rise", health.rise())
                .put("fall", health.fall())
                .put("fast_interval_ms", health.fastInterval().toMillis())
                .put("down_interval_ms", health.downInterval().toMillis())
                .put("jitter", health.jitter().fraction())
                .put("start", Kebab.of(health.start()));
    }

    private static JsonObject outlier(OutlierSettings outlier) {
        return new JsonObject()
                .put("consecutive_failures", outlier.consecutiveFailures())
                .put("latency_factor", outlier.latencyFactor())
                .put("ejection_time_ms", outlier.ejectionTime().toMillis())
                .put("max_ejected", outlier.maxEjected().fraction())
                .put("mode", Kebab.of(outlier.mode()));
    }

    private static List<String> inWords(PoolSettings pool) {
        List<String> words = new ArrayList<>();
        pool.health()
                .ifPresentOrElse(
                        health -> words.addAll(probesInWords(health)),
                        () -> words.add("no health check is configured: it counts as up"));
        words.addAll(outlierInWords(pool.outlier()));
        return words;
    }

    private static List<String> probesInWords(HealthSettings health) {
        return List.of(
                health.type().name() + " probe"
                        + OptionsDocument.inWords(health.type().options()) + ", which may take "
                        + inWords(health.timeout()),
                "every " + inWords(health.interval()) + "; every " + inWords(health.fastInterval())
                        + " while about to change; every " + inWords(health.downInterval()) + " while down",
                inARow(health.fall(), "failure", "failures", "takes it down", "take it down") + "; "
                        + inARow(health.rise(), "pass", "passes", "brings it up", "bring it up"));
    }

    private static List<String> outlierInWords(OutlierSettings outlier) {
        List<String> words = new ArrayList<>();
        String verb = outlier.mode() == OutlierSettings.Mode.OBSERVE ? "would eject it" : "eject it";
        if (outlier.consecutiveFailures() > 0) {
            words.add(outlier.consecutiveFailures() + " failed requests in a row " + verb + " for "
                    + inWords(outlier.ejectionTime())
                    + ", longer each time; more are asked for while its peers fail too");
        }
        if (outlier.latencyFactor() > 0) {
            words.add(
                    "a p90 of " + outlier.latencyFactor() + " times its peers' median p90 would be too slow: " + verb);
        }
        if (words.isEmpty()) {
            words.add("live traffic ejects nobody");
        } else {
            words.add("at most " + outlier.maxEjected()
                    + " of the members are out for that, and never the last that serves");
        }
        return words;
    }

    @SuppressWarnings("TooManyParameters") // a sentence in the singular and in the plural
    private static String inARow(int number, String one, String many, String does, String doIt) {
        return number == 1 ? "1 " + one + " " + does : number + " " + many + " in a row " + doIt;
    }

    /** {@code "500 ms"}, {@code "2 s"}, {@code "1.5 s"}, {@code "5 min"}. */
    static String inWords(Duration duration) {
        long millis = duration.toMillis();
        if (millis < 1000) {
            return millis + " ms";
        }
        if (millis % 60_000 == 0) {
            return millis / 60_000 + " min";
        }
        return millis % 1000 == 0 ? millis / 1000 + " s" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
