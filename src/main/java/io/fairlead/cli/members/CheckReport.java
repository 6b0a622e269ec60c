package io.fairlead.cli.members;

import io.fairlead.cli.text.Plain;
import io.fairlead.cli.text.Table;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is printed of a member: the verdict, the rules, and its history as a table, newest first.
 *
 * @param health what the API answers
 * @param lines of history
 */
record CheckReport(MemberName name, JsonObject health, int lines) {
    private static final List<String> HEAD = List.of("TIME", "SOURCE", "RESULT", "COUNT", "TOOK", "WHY");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    /** Prints it; without the answer to a check if there was none. */
    void print(@Nullable JsonObject check, PrintWriter out) {
        out.println(name + " " + verdict());
        if (check != null) {
            JsonObject entry = check.getJsonObject("entry", new JsonObject());
            out.println("probe    " + entry.getString("result", "") + ": " + Plain.line(entry.getString("detail", "")));
            out.println("verdict  " + check.getString("verdict", ""));
        }
        String label = "rules    ";
        for (Object rule : health.getJsonObject("rules").getJsonArray("in_words")) {
            out.println(label + Plain.line(String.valueOf(rule)));
            label = "         ";
        }
        if (lines > 0) {
            out.println();
            table(out);
        }
    }

    private String verdict() {
        String admin = health.getString("admin");
        String order = admin.equals("ready") ? "" : "set to " + admin + ", ";
        Duration since =
                Duration.between(Instant.parse(health.getString("since")), Instant.parse(health.getString("at")));
        return (health.getBoolean("serves") ? "serves" : "does not serve") + " (" + order + health.getString("health")
                + ", for " + inWords(since) + "): " + Plain.line(health.getString("reason"));
    }

    private void table(PrintWriter out) {
        Table table = new Table(HEAD, Set.of());
        JsonArray entries = health.getJsonArray("entries");
        for (int i = 0; i < Math.min(lines, entries.size()); i++) {
            table.add(row(entries.getJsonObject(i)));
        }
        table.lines().forEach(out::println);
        if (entries.isEmpty()) {
            out.println("nothing yet");
        }
    }

    private static List<String> row(JsonObject entry) {
        boolean probe = entry.getString("kind").equals("probe");
        String result = entry.getString("result");
        Double took = entry.getDouble("took_ms");
        return List.of(
                TIME.format(Instant.parse(entry.getString("at"))),
                entry.getString("source"),
                probe ? result : entry.getString("kind").equals("remark") ? "stays " + result : "-> " + result,
                entry.getString("count", ""),
                took == null ? "" : String.format(Locale.ROOT, "%.1f ms", took),
                probe ? entry.getString("detail", "") : entry.getString("reason", ""));
    }

    private static String inWords(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
}
