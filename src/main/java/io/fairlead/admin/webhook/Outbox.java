package io.fairlead.admin.webhook;

import io.fairlead.health.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends messages one after the other, in order. One that does not get through is tried again after 1, 2, 4 and 8 s and then given up.
 * At most a thousand wait: then the oldest of them goes, and the next message says how many are missing. That the
 * receiver fails is logged once, and that it works again.
 *
 * <p>Control context only.
 */
final class Outbox {
    static final int LENGTH = 1000;
    static final int TRIES = 5;
    static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Receiver receiver;
    private final Scheduler scheduler;
    private final Deque<JsonObject> waiting = new ArrayDeque<>();
    private final Promise<Void> empty = Promise.promise();
    private @Nullable JsonObject current;
    private Scheduler.Cancellation retry = () -> {};
    private boolean pausing;
    private boolean failing;
    private boolean closing;
    private boolean closed;
    private int tries;
    private int missing;

    Outbox(Receiver receiver, Scheduler scheduler) {
        this.receiver = receiver;
        this.scheduler = scheduler;
    }

    /** Sends it after those that wait. */
    void add(JsonObject message) {
        if (closed) {
            return;
        }
        if (waiting.size() == LENGTH) {
            waiting.remove();
            missing++;
        }
        waiting.add(message);
        if (current == null) {
            next();
        }
    }

    private void next() {
        current = waiting.poll();
        tries = 0;
        if (current != null) {
            send(current);
        } else if (closing) {
            empty.tryComplete();
        }
    }

    private void send(JsonObject message) {
        tries++;
        pausing = false;
        if (missing > 0) {
            message.put("missing", missing);
        }
        receiver.send(message.toBuffer()).onComplete(result -> {
            if (!closed) {
                ended(message, result.succeeded() ? result.result() : Receiver.Reply.failed("it cannot be asked"));
            }
        });
    }

    private void ended(JsonObject message, Receiver.Reply reply) {
        say(reply);
        if (reply.taken()) {
            missing -= message.getInteger("missing", 0);
            next();
        } else if (reply.worthRetrying() && tries < TRIES && !closing) {
            pausing = true;
            retry = scheduler.after(FIRST_PAUSE.multipliedBy(1L << (tries - 1)), () -> send(message));
        } else {
            missing++;
            next();
        }
    }

    private void say(Receiver.Reply reply) {
        if (!reply.taken() && !failing) {
            LOG.warn("the webhook fails: {}; this is said again only when it works", reply.words());
        } else if (reply.taken() && failing) {
            LOG.info("the webhook works again; {} messages did not get through", missing);
        }
        failing = !reply.taken();
    }

    /**
     * Sends what it can in this time, without waiting between tries, and no more after that.
     *
     * @return completes when it is done
     */
    Future<Void> close(Duration time) {
        closing = true;
        Scheduler.Cancellation end = scheduler.after(time, empty::tryComplete);
        if (pausing && current != null) {
            retry.cancel();
            send(current);
        } else if (current == null) {
            empty.tryComplete();
        }
        return empty.future().onComplete(any -> {
            end.cancel();
            closed = true;
            int left = waiting.size() + (current == null ? 0 : 1);
            if (left > 0) {
                LOG.warn("the webhook was not told of the last {} events", left);
            }
            receiver.close();
        });
    }
}
