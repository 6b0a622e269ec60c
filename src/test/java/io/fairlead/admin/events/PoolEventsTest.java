package io.fairlead.admin.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.Health;
import io.fairlead.health.HealthState;
import io.fairlead.health.Source;
import io.fairlead.member.AdminState;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said of each change of a pool. */
class PoolEventsTest {
    private final EventLog log = new EventLog(InstantSource.fixed(Instant.EPOCH));

    @Test
    void aMemberThatFallsIsOutWithTheCauseAndTheNumberOfThoseThatServe() {
        Pool pool = build(new PoolBuilder("app").members(1, 1, 1));
        see(pool, HealthState.DOWN, Source.ACTIVE, "3 of 3 probes failed: connection refused");
        assertThat(only().toJson())
                .isEqualTo(
                        new JsonObject()
                                .put("id", only().id())
                                .put("at", "1970-01-01T00:00:00Z")
                                .put("kind", "transition")
                                .put("pool", "app")
                                .put("member", "a")
                                .put("source", "active")
                                .put("from", "up")
                                .put("to", "down")
                                .put("reason", "3 of 3 probes failed: connection refused")
                                .put(
                                        "message",
                                        "member app/a is out: 3 of 3 probes failed: connection refused (2 of 3 members serve)"));
    }

    @Test
    void itServesAgainIsEjectedAndStaysWhatItIs() {
        Pool pool = build(new PoolBuilder("app").members(1, 1));
        see(pool, HealthState.EJECTED, Source.PASSIVE, "5 requests in a row failed");
        assertThat(newest().message())
                .isEqualTo("member app/a is ejected: 5 requests in a row failed (1 of 2 members serve)");
        see(pool, HealthState.UP, Source.PASSIVE, "answers again");
        assertThat(newest().message()).isEqualTo("member app/a serves: answers again (2 of 2 members serve)");
        pool.remark(pool.members().get(0), Source.PASSIVE, "it is the last one that serves");
        assertThat(newest().kind()).isEqualTo(EventKind.REMARK);
        assertThat(newest().message())
                .isEqualTo("member app/a stays up: it is the last one that serves (2 of 2 members serve)");
    }

    @Test
    void anOrderIsNoTransitionOfHealth() {
        Pool pool = build(new PoolBuilder("app").members(1, 1));
        pool.order(pool.members().get(1), AdminState.DRAIN);
        assertThat(newest().kind()).isEqualTo(EventKind.ORDER);
        assertThat(newest().change().from()).isEqualTo("ready");
        assertThat(newest().message())
                .isEqualTo("member app/b is set to drain: ordered by the operator (1 of 2 members serve)");
    }

    @Test
    void aPoolThatFailsOpenAndATierThatStandsInAreEventsOfThePool() {
        Pool open = build(new PoolBuilder("app").members(1, 1).minAvailable("60%"));
        see(open, HealthState.DOWN, Source.ACTIVE, "gone");
        assertThat(log.newestFirst(-1))
                .filteredOn(event -> event.kind() == EventKind.FAIL_OPEN)
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.subject()).isEqualTo(new Event.Subject("app", ""));
                    assertThat(event.change().to()).isEqualTo("fail-open");
                    assertThat(event.message())
                            .isEqualTo(
                                    "pool app fails open: fewer than 60% of its members are up, so all are used, healthy or not");
                    assertThat(event.toJson().containsKey("member")).isFalse();
                });
        see(open, HealthState.UP, Source.ACTIVE, "back");
        assertThat(log.newestFirst(-1))
                .anySatisfy(event -> assertThat(event.message())
                        .isEqualTo("pool app no longer fails open: 60% of its members are up or more"));

        Pool tiers = build(new PoolBuilder("shop").member(1, 0).member(1, 0).member(1, 1));
        see(tiers, HealthState.DOWN, Source.ACTIVE, "gone");
        assertThat(log.newestFirst(-1)).anySatisfy(event -> {
            assertThat(event.kind()).isEqualTo(EventKind.TIERS);
            assertThat(event.message()).isEqualTo("pool shop: tier 0 takes 70%, tier 1 takes 30%");
        });
    }

    private Pool build(PoolBuilder builder) {
        return builder.listener(new PoolEvents(log)).build();
    }

    private static void see(Pool pool, HealthState state, Source source, String reason) {
        pool.observe(pool.members().get(0), new Health(state, Instant.EPOCH, source, reason));
    }

    private Event newest() {
        return log.newestFirst(-1).get(0);
    }

    private Event only() {
        List<Event> all = log.newestFirst(-1);
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
