package io.fairlead.admin.webhook;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.health.Scheduler;
import io.fairlead.settings.Secret;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Posts transitions, orders, pools that fail open and reloads as JSON to somebody else. It never holds anything up: what it cannot
 * get rid of it forgets.
 *
 * <p>Control context only.
 */
public final class Webhook implements Consumer<Event> {
    private static final Set<EventKind> TOLD =
            Set.of(EventKind.TRANSITION, EventKind.ORDER, EventKind.FAIL_OPEN, EventKind.RELOAD);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Sender sender;
    private final Outbox outbox;
    private final FlapGuard guard;

    /**
     * Who sends.
     *
     * @param version of the program
     * @param instance which of several it is, for people
     */
    public record Sender(String version, String instance) {}

    /** One that posts to this URL. */
    public Webhook(Vertx vertx, Secret url, Scheduler scheduler, Sender sender) {
        this(new HttpReceiver(vertx, url, TIMEOUT), scheduler, sender);
    }

    Webhook(Receiver receiver, Scheduler scheduler, Sender sender) {
        this.sender = sender;
        this.outbox = new Outbox(receiver, scheduler);
        this.guard = new FlapGuard(scheduler, this::send);
    }

    @Override
    public void accept(Event event) {
        if (TOLD.contains(event.kind()) && !isExpected(event.change())) {
            guard.accept(event);
        }
    }

    /** A member that turns out to be well at the start is no news; a hundred of them are a nuisance. */
    private static boolean isExpected(Event.Change change) {
        return change.from().equals("checking") && change.to().equals("up");
    }

    private void send(Event event, int suppressed) {
        outbox.add(message(event, suppressed));
    }

    private JsonObject message(Event event, int suppressed) {
        JsonObject message = new JsonObject().put("version", sender.version());
        event.toJson().forEach(field -> message.put(field.getKey(), field.getValue()));
        message.remove("message");
        String more = suppressed == 0
                ? ""
                : "; it changed " + suppressed + (suppressed == 1 ? " time" : " times")
                        + " more since the last message";
        message.put("text", plain("Fairlead " + sender.instance() + ": " + event.message() + more))
                .put("fairlead", sender.instance());
        return suppressed == 0 ? message : message.put("suppressed", suppressed);
    }

    /** Chats give a meaning to what stands in angle brackets, and a member's words may be quoted in the text. */
    private static String plain(String text) {
        return text.replace('<', '\u2039').replace('>', '\u203a');
    }

    /** Sends what is held and waits, as far as that is possible in this time. */
    public Future<Void> close(Duration time) {
        guard.flush();
        return outbox.close(time);
    }
}
