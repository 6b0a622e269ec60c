package io.fairlead.chronicle;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.events.PoolEvents;
import io.fairlead.admin.program.Program;
import io.fairlead.admin.webhook.Webhook;
import io.fairlead.config.Config;
import io.fairlead.health.Source;
import io.fairlead.pool.PoolListener;
import io.fairlead.settings.Secret;
import io.fairlead.watch.VertxScheduler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where events come from and who is told of them: the log first, then whoever reads the list. Control context only. */
public final class Chronicle {
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final EventLog events = new EventLog(InstantSource.system());
    private final PoolListener pools = new PoolEvents(events);
    private final Vertx vertx;
    private final String version;
    private Secret url = new Secret("");
    private Optional<Webhook> webhook = Optional.empty();

    /** One that tells whom this configuration names, and the log. */
    public Chronicle(Vertx vertx, String version, Config config) {
        this.vertx = vertx;
        this.version = version;
        events.onEvent(new Announcer());
        events.onEvent(event -> webhook.ifPresent(each -> each.accept(event)));
        follow(config);
    }

    /** Tells whom this configuration names from now on. */
    public void follow(Config config) {
        if (config.events().webhook().equals(url)) {
            return;
        }
        url = config.events().webhook();
        webhook.ifPresent(each -> each.close(LAST_WORDS));
        String instance = HostName.of(System.getenv()) + "/" + config.admin().address();
        Webhook.Sender sender = new Webhook.Sender(version, instance);
        webhook = Optional.of(url)
                .filter(Secret::isSet)
                .map(to -> new Webhook(vertx, to, new VertxScheduler(vertx), sender));
    }

    /** What pools are to report to. */
    public PoolListener pools() {
        return pools;
    }

    /** All that happened. */
    public EventLog events() {
        return events;
    }

    /** The program serves. */
    public void started(Program program) {
        String listeners = program.listeners().stream()
                .map(listener -> listener.address().toString())
                .collect(Collectors.joining(", "));
        String words = "fairlead " + program.version() + " has started with "
                + program.config().file() + " and listens on " + listeners;
        events.add(EventKind.START, Event.Subject.PROGRAM, Event.Change.because(words), words);
    }

    /** A configuration was taken, or went back, or was confirmed. */
    public void reloaded(String words) {
        add("taken", words);
    }

    /** A configuration that was on trial is in force no longer. */
    public void wentBack(String words) {
        add("went-back", words);
    }

    /** A configuration was refused, and all is as before. */
    public void refused(String words) {
        add("refused", words);
    }

    private void add(String what, String words) {
        Event.Change change = new Event.Change(Optional.of(Source.OPERATOR), "", what, words);
        events.add(EventKind.RELOAD, Event.Subject.PROGRAM, change, words);
    }

    /** The program was told to stop. */
    public void stopping() {
        String words = "stopping: requests in flight may finish";
        events.add(EventKind.STOP, Event.Subject.PROGRAM, Event.Change.because(words), words);
    }

    /** Completes when the webhook was told the last, or after a second. */
    public Future<Void> close() {
        return webhook.map(each -> each.close(LAST_WORDS)).orElseGet(Future::succeededFuture);
    }
}
