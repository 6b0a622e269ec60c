package io.fairlead.reload;

import io.fairlead.admin.program.Refusal;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigProblem;
import io.fairlead.config.Reading;
import io.fairlead.config.SourceWatch;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the configuration from where it comes from, and watches that, as long as the one in force wants it. Control context
 * only; files are read on a worker.
 */
final class Readings {
    private final Vertx vertx;
    private final ConfigSource source;
    private final FileWatch files;
    // What the last reading came from, as that was before it was read.
    private Optional<SourceWatch> watch = Optional.empty();

    /** @param onChange told when what is in force came from files that have another content by now */
    Readings(Vertx vertx, ConfigSource source, Runnable onChange) {
        this.vertx = vertx;
        this.source = source;
        this.files = new FileWatch(vertx, onChange);
    }

    /** What messages call it. */
    String name() {
        return source.name();
    }

    /** A reading and a watch on the files that it came from, as they were before: a change meanwhile is seen. */
    private record Watched(Reading reading, SourceWatch watch) {}

    /**
     * Reads all of it; fails with a {@link Refusal} if it has an error.
     *
     * @param known files that the one in force came from
     */
    Future<Reading> read(Set<Path> known) {
        return vertx.executeBlocking(() -> {
                    SourceWatch before = new SourceWatch(known);
                    Reading next = source.read();
                    before.watch(next.files());
                    return new Watched(next, before);
                })
                .map(read -> {
                    watch = Optional.of(read.watch);
                    return read.reading;
                })
                .recover(cause -> Future.failedFuture(
                        cause instanceof ConfigException wrong ? new Refusal(errors(wrong)) : cause));
    }

    /** A warning is not why it is refused. */
    private static List<String> errors(ConfigException wrong) {
        return wrong.problems().stream()
                .filter(problem -> problem.severity() == ConfigProblem.Severity.ERROR)
                .map(ConfigProblem::format)
                .toList();
    }

    /** The first one was read by others: takes what it came from for known. */
    Future<Void> begin(Reading first) {
        return vertx.executeBlocking(() -> new SourceWatch(first.files())).map(begun -> {
            watch = Optional.of(begun);
            inForce(first);
            return null;
        });
    }

    /** This one is in force from now on: a change of what was read last is told, if it wants that. */
    void inForce(Reading reading) {
        files.follow(watch.filter(any -> reading.config().admin().watch()));
    }
}
