package io.fairlead.admin;

import io.fairlead.stats.ProcessRecorder;
import io.fairlead.stats.Stats;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Where the one status document hangs. The control context makes a new one each second, and whenever something changed that
 * should be seen at once; the API, the page's stream and everyone else show that same object.
 */
public final class StatusBoard {
    private final Program program;
    private final Stats stats;
    private final ProcessRecorder process;
    private final InstantSource clock;
    // Control context only.
    private final List<Consumer<Status>> readers = new ArrayList<>();
    // Control context writes, any thread reads.
    private volatile Status status = new Status(new JsonObject(), Buffer.buffer("{}"));

    /** An empty board; see {@link #publish()}. */
    public StatusBoard(Program program, Stats stats, ProcessRecorder process, InstantSource clock) {
        this.program = program;
        this.stats = stats;
        this.process = process;
        this.clock = clock;
    }

    /**
     * Renders and shows how things stand now, with the statistics of the last sample. Takes no sample itself, so that it may
     * be called more often than once a second. Control context only.
     */
    public void publish() {
        JsonObject json = new StatusDocument(clock.instant(), stats.snapshot(), process.stats()).render(program);
        Status next = new Status(json, json.toBuffer());
        status = next;
        readers.forEach(reader -> reader.accept(next));
    }

    /** What was last shown; empty before the first time. Not to be altered. Any thread. */
    public JsonObject status() {
        return status.json();
    }

    Status current() {
        return status;
    }

    /** Tells the reader of each new document from now on. Control context only. */
    void onPublish(Consumer<Status> reader) {
        readers.add(reader);
    }

    Program program() {
        return program;
    }

    /**
     * One document, encoded once for all who read it.
     *
     * @param json not to be altered
     * @param encoded its text, in one line
     */
    record Status(JsonObject json, Buffer encoded) {}
}
