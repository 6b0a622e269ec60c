package io.fairlead.admin;

import io.fairlead.admin.document.StatusDocument;
import io.fairlead.admin.program.Program;
import io.fairlead.stats.sample.ProcessRecorder;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the one status document hangs. Each second, and whenever something changed that should be seen at once, it is time for
 * a new one; it is made when somebody asks for it, once for all who do. Of thousands of members it is large, and mostly nobody
 * looks.
 *
 * <p>Control context only.
 */
public final class StatusBoard {
    private final Program program;
    private final Stats stats;
    private final ProcessRecorder process;
    private final InstantSource clock;
    private final List<Runnable> readers = new ArrayList<>();
    // null: it is time for a new one
    private @Nullable Status status;
    private long rendered;

    /** A board without a document. */
    public StatusBoard(Program program, Stats stats, ProcessRecorder process, InstantSource clock) {
        this.program = program;
        this.stats = stats;
        this.process = process;
        this.clock = clock;
    }

    /**
     * It is time for a new document, with the statistics of the last sample. Takes no sample itself, so that it may be called
     * more often than once a second, and renders nothing itself.
     */
    public void publish() {
        status = null;
        readers.forEach(Runnable::run);
    }

    /** The present document; not to be altered. */
    public JsonObject status() {
        return current().json();
    }

    /** The same, with its text. */
    Status current() {
        Status present = status;
        if (present == null) {
            JsonObject json = new StatusDocument(clock.instant(), stats.snapshot(), process.stats()).render(program);
            present = new Status(json, json.toBuffer());
            status = present;
            rendered++;
        }
        return present;
    }

    /** How many documents were made. */
    long rendered() {
        return rendered;
    }

    /**
     * Tells the reader from now on when there is a new document to ask for.
     *
     * @return ends that
     */
    Runnable onPublish(Runnable reader) {
        readers.add(reader);
        return () -> readers.remove(reader);
    }

    Program program() {
        return program;
    }

    /** Where the statistics come from. */
    Stats stats() {
        return stats;
    }

    /** The time of day, to be shown. */
    InstantSource clock() {
        return clock;
    }

    /**
     * One document, encoded once for all who read it.
     *
     * @param json not to be altered
     * @param encoded its text, in one line
     */
    record Status(JsonObject json, Buffer encoded) {}
}
