package io.fairlead.admin.document;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The status document as a table for spreadsheets, one row per member: CSV (RFC 4180) with a header. What is not known is an empty
 * cell. Text that a spreadsheet would take for a formula gets an apostrophe before it: ids come from the configuration, and reasons
 * may quote a member. Any thread.
 */
public final class StatusTable {
    /** Its media type. */
    public static final String TYPE = "text/csv; charset=utf-8; header=present";

    private static final String FORMULA = "=+-@\t\r";
    /** Where a member's values stand in the document, by column. */
    private static final Map<String, String> COLUMNS = columns();

    private StatusTable() {}

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        for (String same : List.of(
                "id",
                "address",
                "health",
                "admin",
                "since",
                "reason",
                "weight",
                "effective_weight",
                "in_flight",
                "requests_total",
                "requests_per_second",
                "share_1m",
                "expected_share")) {
            columns.put(same, same);
        }
        List.of("2xx", "3xx", "4xx", "5xx").forEach(kind -> columns.put("responses_" + kind, "responses/" + kind));
        List.of("connect", "reset", "timeout").forEach(kind -> columns.put("errors_" + kind, "errors/" + kind));
        List.of("retries_from", "retries_to", "ejections").forEach(same -> columns.put(same, same));
        List.of("p50", "p90", "p99", "p999", "max").forEach(each -> columns.put(each + "_ms", "latency_ms/" + each));
        List.of("sent_bytes", "received_bytes").forEach(same -> columns.put(same, same));
        return columns;
    }

    /** The table of all members in such a document. */
    public static String of(JsonObject status) {
        StringBuilder table = new StringBuilder("pool,")
                .append(String.join(",", COLUMNS.keySet()))
                .append("\r\n");
        for (JsonObject pool : objects(status.getJsonArray("pools"))) {
            for (JsonObject member : objects(pool.getJsonArray("members"))) {
                table.append(cell(pool.getString("name")))
                        .append(',')
                        .append(COLUMNS.values().stream()
                                .map(path -> cell(value(member, path)))
                                .collect(Collectors.joining(",")))
                        .append("\r\n");
            }
        }
        return table.toString();
    }

    private static List<JsonObject> objects(JsonArray array) {
        List<JsonObject> all = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            all.add(array.getJsonObject(i));
        }
        return all;
    }

    private static @Nullable Object value(JsonObject member, String path) {
        int slash = path.indexOf('/');
        return slash < 0
                ? member.getValue(path)
                : member.getJsonObject(path.substring(0, slash)).getValue(path.substring(slash + 1));
    }

    private static String cell(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        if (value instanceof Double || value instanceof Float) {
            return new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
        }
        String text = value.toString();
        if (!(value instanceof Number) && !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        boolean quoted = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return quoted ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }
}
