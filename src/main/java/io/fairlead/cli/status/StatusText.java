package io.fairlead.cli.status;

import io.fairlead.cli.text.Paint;
import io.fairlead.cli.text.Paint.Colour;
import io.fairlead.cli.text.Plain;
import io.fairlead.cli.text.Table;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A status document for a terminal: what it is, what is amiss, and a row per member. Any thread. */
final class StatusText {
    private static final List<String> HEAD = List.of(
            "MEMBER", "STATE", "FOR", "WEIGHT", "IN FLIGHT", "REQ/S", "SHARE", "P50 MS", "P99 MS", "ERRORS", "WHY");
    private static final Set<Integer> NUMBERS = Set.of(3, 4, 5, 6, 7, 8, 9);
    private static final Set<String> WELL = Set.of("up");
    private static final Set<String> UNWELL = Set.of("down", "ejected", "unresolved");

    private StatusText() {}

    /** Line by line, each cut to so many columns. */
    static List<String> of(JsonObject status, int columns, Paint paint) {
        List<String> lines = new ArrayList<>();
        lines.add(paint.paint(Colour.BOLD, Table.cut(Plain.line(head(status)), columns)));
        for (JsonObject alert : objects(status.getJsonArray("alerts"))) {
            Colour colour = alert.getString("level").equals("problem") ? Colour.RED : Colour.YELLOW;
            lines.add(paint.paint(colour, Table.cut(Plain.line(alert.getString("text")), columns)));
        }
        lines.add("");
        Table table = new Table(HEAD, NUMBERS);
        List<Colour> colours = new ArrayList<>(List.of(Colour.DIM));
        Instant at = Instant.parse(status.getString("at"));
        for (JsonObject pool : objects(status.getJsonArray("pools"))) {
            for (JsonObject member : objects(pool.getJsonArray("members"))) {
                table.add(row(pool.getString("name"), member, at));
                colours.add(colour(member));
            }
        }
        List<String> rows = table.lines();
        for (int i = 0; i < rows.size(); i++) {
            lines.add(paint.paint(colours.get(i), Table.cut(rows.get(i), columns)));
        }
        return lines;
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    private static String head(JsonObject status) {
        JsonObject config = status.getJsonObject("config");
        String ready = Boolean.TRUE.equals(status.getBoolean("draining"))
                ? "stopping"
                : Boolean.TRUE.equals(status.getBoolean("ready")) ? "ready" : "not ready";
        return "fairlead " + status.getString("version") + "  " + ready + "  up "
                + inWords(status.getDouble("uptime_seconds").longValue()) + "  " + config.getString("file") + "  "
                + decimal(status.getDouble("requests_per_second")) + " req/s  errors "
                + percent(status.getDouble("error_share_1m"));
    }

    private static List<String> row(String pool, JsonObject member, Instant at) {
        JsonObject latency = member.getJsonObject("latency_ms");
        long seconds =
                Duration.between(Instant.parse(member.getString("since")), at).toSeconds();
        return List.of(
                pool + "/" + member.getString("id"),
                state(member),
                inWords(seconds),
                String.valueOf(member.getInteger("weight")),
                String.valueOf(member.getLong("in_flight")),
                decimal(member.getDouble("requests_per_second")),
                percent(member.getDouble("share_1m")),
                decimal(latency.getDouble("p50")),
                decimal(latency.getDouble("p99")),
                percent(member.getDouble("error_share_1m")),
                member.getString("reason"));
    }

    /** An order of the operator before what probes say. */
    private static String state(JsonObject member) {
        String admin = member.getString("admin");
        return admin.equals("ready") ? member.getString("health") : admin;
    }

    private static Colour colour(JsonObject member) {
        String state = state(member);
        return WELL.contains(state) ? Colour.GREEN : UNWELL.contains(state) ? Colour.RED : Colour.YELLOW;
    }

    private static String decimal(@Nullable Double value) {
        return value == null ? "-" : String.format(Locale.ROOT, value < 100 ? "%.1f" : "%.0f", value);
    }

    private static String percent(@Nullable Double share) {
        return share == null ? "-" : String.format(Locale.ROOT, "%.1f%%", share * 100);
    }

    private static String inWords(long seconds) {
        long known = Math.max(0, seconds);
        if (known < 120) {
            return known + "s";
        }
        if (known < 7200) {
            return known / 60 + "m";
        }
        return known < 172_800 ? known / 3600 + "h" : known / 86_400 + "d";
    }
}
