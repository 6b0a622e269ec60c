package io.fairlead.admin.events;

import io.fairlead.health.Source;
import io.fairlead.settings.Kebab;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One thing that happened.
 *
 * @param id grows by one from event to event
 * @param at when
 * @param kind what sort of thing
 * @param subject whom it happened to
 * @param change what became of it
 * @param message all of it in one sentence, as it stands in the log
 */
public record Event(long id, Instant at, EventKind kind, Subject subject, Change change, String message) {
    /**
     * Whom something happened to.
     *
     * @param pool its name; empty for the program as a whole
     * @param member its id; empty for a pool as a whole
     */
    public record Subject(String pool, String member) {
        /** The program as a whole. */
        public static final Subject PROGRAM = new Subject("", "");
    }

    /**
     * What became of it; parts that do not apply are empty.
     *
     * @param source on whose word
     * @param from the state before, in kebab-case
     * @param to the state after
     * @param reason why, in words
     */
    public record Change(Optional<Source> source, String from, String to, String reason) {
        /** Of something that has a reason and no states. */
        public static Change because(String reason) {
            return new Change(Optional.empty(), "", "", reason);
        }
    }

    /** As the API shows it; what does not apply is left out. */
    public JsonObject toJson() {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("at", at.truncatedTo(ChronoUnit.MILLIS).toString())
                .put("kind", Kebab.of(kind));
        putUnlessEmpty(json, "pool", subject.pool());
        putUnlessEmpty(json, "member", subject.member());
        change.source().ifPresent(source -> json.put("source", Kebab.of(source)));
        putUnlessEmpty(json, "from", change.from());
        putUnlessEmpty(json, "to", change.to());
        putUnlessEmpty(json, "reason", change.reason());
        return json.put("message", message);
    }

    private static void putUnlessEmpty(JsonObject json, String key, String value) {
        if (!value.isEmpty()) {
            json.put(key, value);
        }
    }
}
