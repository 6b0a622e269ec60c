package io.fairlead.cli.status;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Paint;
import io.fairlead.cli.text.Paint.Colour;
import io.fairlead.cli.text.Table;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status as it changes: asked for each second, and kept on the screen, marked as old, while nobody answers. */
final class Watch {
    static final long EVERY_MILLIS = 1000;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final AdminClient client;
    private @Nullable JsonObject status;
    private String trouble = "";

    Watch(AdminClient client) {
        this.client = client;
    }

    /** Asks again. */
    void ask() {
        try {
            AdminClient.Answer answer = client.get("/api/v1/status", PATIENCE);
            if (answer.isFine() && answer.body().containsKey("pools")) {
                status = answer.body();
                trouble = "";
            } else {
                trouble = answer.detail();
            }
        } catch (AdminException e) {
            trouble = String.valueOf(e.getMessage());
        }
    }

    /** The newest document that there is, if any came. */
    @Nullable
    JsonObject status() {
        return status;
    }

    /** Why the last question had no answer; empty if it had. */
    String trouble() {
        return trouble;
    }

    /** All of it as fits into a window, the last row saying what does not. */
    List<String> frame(Size size, Paint paint) {
        List<String> lines = new ArrayList<>();
        if (!trouble.isEmpty()) {
            String old =
                    status == null ? "" : "; what is below is of " + TIME.format(Instant.parse(status.getString("at")));
            String line = "Trying again" + old + ": " + trouble;
            lines.add(paint.paint(Colour.RED, Table.cut(line, size.columns())));
        }
        JsonObject known = status;
        if (known != null) {
            lines.addAll(StatusText.of(known, size.columns(), paint));
        }
        if (lines.size() > size.rows()) {
            int hidden = lines.size() - size.rows() + 1;
            lines = new ArrayList<>(lines.subList(0, size.rows() - 1));
            lines.add(Table.cut("... and " + hidden + " lines more", size.columns()));
        }
        return lines;
    }
}
