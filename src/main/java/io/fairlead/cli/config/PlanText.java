package io.fairlead.cli.config;

import io.fairlead.cli.text.Paint;
import io.fairlead.cli.text.Paint.Colour;
import io.fairlead.cli.text.Plain;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A plan for people: first the difference, as of a file, then what it touches. */
final class PlanText {
    private final Paint paint;
    private final List<String> lines = new ArrayList<>();
    private final boolean applied;

    private PlanText(boolean applied, Paint paint) {
        this.applied = applied;
        this.paint = paint;
    }

    /** All of it, line by line. */
    static List<String> of(JsonObject plan, Paint paint) {
        PlanText text = new PlanText(Boolean.TRUE.equals(plan.getBoolean("applied")), paint);
        text.head(plan);
        each(plan, "changes").forEach(text::change);
        each(plan, "listeners").forEach(text::listener);
        each(plan, "pools").forEach(text::pool);
        each(plan, "drift").forEach(text::drift);
        plan.getJsonArray("warnings")
                .forEach(warning -> String.valueOf(warning).lines().forEach(line -> text.add(Colour.YELLOW, line)));
        return text.lines;
    }

    private static List<JsonObject> each(JsonObject plan, String name) {
        JsonArray all = plan.getJsonArray(name);
        return all.stream().map(JsonObject.class::cast).toList();
    }

    private void head(JsonObject plan) {
        int count = plan.getJsonArray("changes").size();
        String changes = count == 0 ? "nothing" : count == 1 ? "1 thing" : count + " things";
        add(Colour.BOLD, plan.getString("file") + (applied ? ": changed " : ": would change ") + changes);
    }

    private void change(JsonObject change) {
        String path = change.getString("path");
        String from = change.getString("from");
        String to = change.getString("to");
        switch (change.getString("change")) {
            case "added" -> add(Colour.GREEN, "+ " + path + with(to));
            case "removed" -> add(Colour.RED, "- " + path + with(from));
            default -> add(Colour.YELLOW, "~ " + path + ": " + from + " -> " + to);
        }
    }

    private static String with(String value) {
        return value.isEmpty() ? "" : " = " + value;
    }

    private void listener(JsonObject listener) {
        String connections = plural(listener.getLong("connections"), "connection");
        String becomes = switch (listener.getString("step")) {
            case "added" -> "is bound";
            case "removed" -> "closes; its " + connections + " may finish";
            case "rebound" -> "is bound anew; " + connections + " of before may finish";
            case "changed" -> "goes by other settings; its " + connections + " stay";
            default -> "";
        };
        if (!becomes.isEmpty()) {
            add("listener " + listener.getString("name") + "  " + listener.getString("address") + " " + becomes);
        }
    }

    private void pool(JsonObject pool) {
        String step = pool.getString("step");
        List<String> parts = new ArrayList<>();
        if (Set.of("added", "removed").contains(step)) {
            parts.add("the pool is " + step);
        }
        members(pool, "added", parts);
        members(pool, "removed", parts);
        members(pool, "changed", parts);
        if (pool.getLong("in_flight") > 0) {
            parts.add(plural(pool.getLong("in_flight"), "request") + " in flight there may finish");
        }
        Double moved = pool.getDouble("moved_keys");
        if (moved != null && moved > 0) {
            parts.add(String.format(Locale.ROOT, "%.1f%% of the keys lead elsewhere", moved * 100));
        }
        if (parts.isEmpty() && step.equals("changed")) {
            parts.add("goes by other settings");
        }
        if (!parts.isEmpty()) {
            add("pool " + pool.getString("name") + "  " + String.join("; ", parts));
        }
    }

    private static void members(JsonObject pool, String step, List<String> parts) {
        JsonArray ids = pool.getJsonArray(step);
        if (!ids.isEmpty()) {
            parts.add(step + " "
                    + String.join(", ", ids.stream().map(String::valueOf).toList()));
        }
    }

    private void drift(JsonObject drift) {
        boolean kept = Boolean.TRUE.equals(drift.getBoolean("kept"));
        String fate = kept ? "ordered, and stays so" : "ordered, and ends: the file says something new of it";
        add("order  " + drift.getString("pool") + "/" + drift.getString("member") + ": " + drift.getString("words")
                + ": " + fate);
    }

    private static String plural(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    private void add(Colour colour, String line) {
        lines.add(paint.paint(colour, Plain.line(line)));
    }

    private void add(String line) {
        lines.add(Plain.line(line));
    }
}
