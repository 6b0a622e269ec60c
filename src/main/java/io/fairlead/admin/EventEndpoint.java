package io.fairlead.admin;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventFilter;
import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.events.EventStream;
import io.fairlead.admin.http.Problem;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/events}: what happened, newest first; as a stream, oldest first, to whoever accepts
 * {@code text/event-stream}. {@code pool} and {@code member} narrow it, {@code since} leaves out what is known by its number, and
 * {@code limit} bounds how much of the past is told.
 *
 * <p>Control context only.
 */
final class EventEndpoint implements Handler<RoutingContext> {
    private static final long USUAL_LIMIT = 100;

    private final EventLog log;
    private final EventStream stream;

    EventEndpoint(EventLog log, EventStream stream) {
        this.log = log;
        this.stream = stream;
    }

    @Override
    public void handle(RoutingContext exchange) {
        EventFilter filter = new EventFilter(
                exchange.queryParams().contains("pool") ? exchange.queryParams().get("pool") : "",
                exchange.queryParams().contains("member")
                        ? exchange.queryParams().get("member")
                        : "");
        try {
            long limit = number("limit", exchange.queryParams().get("limit")).orElse(USUAL_LIMIT);
            Optional<Long> since = number("since", exchange.queryParams().get("since"));
            if (wantsStream(exchange)) {
                Optional<Long> last = number("Last-Event-ID", exchange.request().getHeader("last-event-id"));
                open(exchange, filter, last.or(() -> since).orElse(log.lastId() - Math.min(limit, EventLog.LENGTH)));
            } else {
                List<Event> events = log.newestFirst(since.orElse(-1L)).stream()
                        .filter(filter::wants)
                        .limit(limit)
                        .toList();
                JsonArray all = new JsonArray(events.stream().map(Event::toJson).toList());
                exchange.response()
                        .putHeader("content-type", "application/json")
                        .end(new JsonObject().put("events", all).toBuffer());
            }
        } catch (IllegalArgumentException e) {
            new Problem(400, Objects.requireNonNull(e.getMessage())).answer(exchange);
        }
    }

    private static boolean wantsStream(RoutingContext exchange) {
        String accept = exchange.request().getHeader("accept");
        return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/event-stream");
    }

    private void open(RoutingContext exchange, EventFilter filter, long after) {
        if (exchange.request().method().equals(HttpMethod.HEAD)) {
            exchange.response().putHeader("content-type", "text/event-stream").end();
        } else {
            stream.open(exchange.response(), filter, after);
        }
    }

    /** Nothing if there is no text. */
    private static Optional<Long> number(String name, @Nullable String text) {
        if (text == null || text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("\\d{1,18}")) {
            throw new IllegalArgumentException(name + ": \"" + text + "\" (expected: a whole number, 0 or more)");
        }
        return Optional.of(Long.parseLong(text));
    }
}
