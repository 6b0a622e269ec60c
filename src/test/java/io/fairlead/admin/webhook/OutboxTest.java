package io.fairlead.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.webhook.Receiver.Reply;
import io.fairlead.health.ScriptedTime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** In which order, how often and how long messages are tried. */
class OutboxTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final ScriptedTime time = new ScriptedTime();
    private final Scripted receiver = new Scripted();
    private final Outbox outbox = new Outbox(receiver, time);

    /** Answers when the test says so. */
    private final class Scripted implements Receiver {
        final List<String> seen = new ArrayList<>();
        final Deque<Promise<Reply>> asked = new ArrayDeque<>();
        boolean closed;

        @Override
        public Future<Reply> send(Buffer message) {
            JsonObject json = new JsonObject(message);
            String missing = json.containsKey("missing") ? ", " + json.getInteger("missing") + " missing" : "";
            seen.add(time.elapsed().toSeconds() + " s: " + json.getInteger("n") + missing);
            Promise<Reply> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        }

        @Override
        public void close() {
            closed = true;
        }

        void answer(int status) {
            asked.remove().complete(Reply.of(status));
        }
    }

    @Test
    void oneAtATimeInOrder() {
        add(1, 2, 3);
        assertThat(receiver.seen).containsExactly("0 s: 1");
        receiver.answer(200);
        receiver.answer(204);
        assertThat(receiver.seen).containsExactly("0 s: 1", "0 s: 2", "0 s: 3");
    }

    @Test
    void aFailureIsTriedFiveTimesWithGrowingPausesAndThenGivenUp() {
        add(1, 2);
        for (int seconds : new int[] {1, 2, 4, 8}) {
            receiver.answer(500);
            time.advance(Duration.ofSeconds(seconds));
        }
        assertThat(receiver.seen).containsExactly("0 s: 1", "1 s: 1", "3 s: 1", "7 s: 1", "15 s: 1");
        receiver.answer(500);
        assertThat(receiver.seen).last().isEqualTo("15 s: 2, 1 missing");
        receiver.answer(200);
        add(3);
        assertThat(receiver.seen).last().isEqualTo("15 s: 3");
        assertThat(time.pending()).isZero();
    }

    @Test
    void theOthersWaitForOneThatIsTriedAgain() {
        add(1, 2);
        receiver.answer(503);
        time.advance(SECOND);
        receiver.answer(200);
        assertThat(receiver.seen).containsExactly("0 s: 1", "1 s: 1", "1 s: 2");
    }

    @Test
    void whatIsWrongWithTheMessageWillBeSoNextTime() {
        for (int status : new int[] {400, 401, 404, 410, 301}) {
            add(status);
            receiver.answer(status);
        }
        assertThat(receiver.seen)
                .containsExactly(
                        "0 s: 400",
                        "0 s: 401, 1 missing",
                        "0 s: 404, 2 missing",
                        "0 s: 410, 3 missing",
                        "0 s: 301, 4 missing");
        for (int status : new int[] {408, 429, 500, 503}) {
            assertThat(Reply.of(status).worthRetrying()).isTrue();
        }
    }

    @Test
    void whenAThousandWaitTheOldestGoes() {
        add(0);
        for (int i = 1; i <= 1003; i++) {
            add(i);
        }
        receiver.answer(200);
        assertThat(receiver.seen).last().isEqualTo("0 s: 4, 3 missing");
        for (int i = 4; i <= 1003; i++) {
            receiver.answer(200);
        }
        assertThat(receiver.seen).last().isEqualTo("0 s: 1003");
        assertThat(receiver.asked).isEmpty();
    }

    @Test
    void closingSendsWhatWaitsWithoutPauses() {
        add(1, 2, 3);
        receiver.answer(500);
        Future<Void> closed = outbox.close(SECOND);
        receiver.answer(500);
        receiver.answer(200);
        assertThat(closed.isComplete()).isFalse();
        receiver.answer(200);
        assertThat(closed.isComplete()).isTrue();
        assertThat(receiver.seen).containsExactly("0 s: 1", "0 s: 1", "0 s: 2, 1 missing", "0 s: 3");
        assertThat(receiver.closed).isTrue();
        assertThat(time.pending()).isZero();
    }

    @Test
    void closingTakesNoLongerThanItMay() {
        add(1, 2);
        Future<Void> closed = outbox.close(SECOND);
        time.advanceMillis(999);
        assertThat(closed.isComplete()).isFalse();
        time.advanceMillis(1);
        assertThat(closed.isComplete()).isTrue();
        receiver.answer(200);
        add(3);
        assertThat(receiver.seen).containsExactly("0 s: 1");
    }

    @Test
    void withNothingToSendItClosesAtOnce() {
        assertThat(outbox.close(SECOND).isComplete()).isTrue();
        assertThat(time.pending()).isZero();
    }

    private void add(int... numbers) {
        for (int n : numbers) {
            outbox.add(new JsonObject().put("n", n));
        }
    }
}
