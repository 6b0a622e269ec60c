package io.fairlead.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.events.PoolEvents;
import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.ScriptedTime;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a receiver is told. */
class WebhookTest {
    private final ScriptedTime time = new ScriptedTime();
    private final List<JsonObject> messages = new ArrayList<>();
    private final EventLog log = new EventLog(time);
    private final Webhook webhook = new Webhook(
            message -> {
                messages.add(new JsonObject(message));
                return Future.succeededFuture(Receiver.Reply.of(200));
            },
            time,
            new Webhook.Sender("1.2.3", "web-1/127.0.0.1:9090"));
    private final Pool pool = new PoolBuilder("app")
            .members(1, 1)
            .minAvailable("50%")
            .listener(new PoolEvents(log))
            .clock(time)
            .build();

    WebhookTest() {
        log.onEvent(webhook);
    }

    @Test
    void aTransitionIsAMessageWithASentence() {
        see(0, HealthState.DOWN, "3 of 3 probes failed: <!channel> refused");
        assertThat(messages)
                .containsExactly(new JsonObject()
                        .put("version", "1.2.3")
                        .put("id", log.lastId())
                        .put("at", "1970-01-01T00:00:00Z")
                        .put("kind", "transition")
                        .put("pool", "app")
                        .put("member", "a")
                        .put("source", "active")
                        .put("from", "up")
                        .put("to", "down")
                        .put("reason", "3 of 3 probes failed: <!channel> refused")
                        .put(
                                "text",
                                "Fairlead web-1/127.0.0.1:9090: member app/a is out: 3 of 3 probes failed:"
                                        + " ‹!channel› refused (1 of 2 members serve)")
                        .put("fairlead", "web-1/127.0.0.1:9090"));
    }

    @Test
    void membersThatAreWellAtTheStartAreNoNews() {
        Pool checked = new PoolBuilder("api")
                .members(1, 1)
                .checked()
                .listener(new PoolEvents(log))
                .clock(time)
                .build();
        Health up = new Health(HealthState.UP, time.instant(), Source.ACTIVE, "the first probe passed");
        Health down = new Health(HealthState.DOWN, time.instant(), Source.ACTIVE, "refused");
        checked.observe(checked.members().get(0), up);
        assertThat(messages).isEmpty();
        checked.observe(checked.members().get(1), down);
        checked.observe(checked.members().get(1), up);
        time.advanceMillis(60_000);
        assertThat(messages).extracting(message -> message.getString("to")).containsExactly("down", "up");
    }

    @Test
    void ordersAndPoolsThatFailOpenAreToldAndRemarksAreNot() {
        pool.remark(pool.members().get(0), Source.PASSIVE, "would be ejected");
        assertThat(messages).isEmpty();
        pool.order(pool.members().get(0), AdminState.DRAIN);
        see(1, HealthState.DOWN, "gone");
        assertThat(messages).extracting(message -> message.getString("kind")).contains("order", "transition");
        pool.order(pool.members().get(0), AdminState.READY);
        see(0, HealthState.DOWN, "gone");
        assertThat(messages).anySatisfy(message -> {
            assertThat(message.getString("kind")).isEqualTo("fail-open");
            assertThat(message.containsKey("member")).isFalse();
        });
    }

    @Test
    void aMemberThatFlapsIsToldOfWithTheNumberOfChangesThatWereNot() {
        see(0, HealthState.DOWN, "gone");
        see(0, HealthState.UP, "back");
        see(0, HealthState.DOWN, "gone");
        see(0, HealthState.UP, "back again");
        time.advanceMillis(10_000);
        assertThat(messages).hasSize(2);
        assertThat(messages.get(1).getInteger("suppressed")).isEqualTo(2);
        assertThat(messages.get(1).getString("to")).isEqualTo("up");
        assertThat(messages.get(1).getString("text"))
                .endsWith("back again (2 of 2 members serve); it changed 2 times more since the last message");
    }

    private void see(int member, HealthState state, String reason) {
        pool.observe(pool.members().get(member), new Health(state, Instant.EPOCH, Source.ACTIVE, reason));
    }
}
