package io.fairlead.admin.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.ScriptedProgram;
import io.fairlead.balance.RequestKey;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a pool shares its requests out, and why, as the document tells it. */
class PoolDocumentTest {
    private long now;

    @Test
    void aPoolTellsItsLimits() {
        JsonObject seen = render(new PoolBuilder("app")
                .members(1, 1)
                .maxConnections(256)
                .maxQueue(64)
                .minAvailable("12.5%")
                .build());

        assertThat(seen.getInteger("max_connections")).isEqualTo(256);
        assertThat(seen.getInteger("max_queue")).isEqualTo(64);
        assertThat(seen.getDouble("min_available")).isEqualTo(0.125);
        assertThat(seen.getBoolean("fail_open")).isFalse();
    }

    @Test
    void tiersTellWhatTheyTakeAndThatTheyTakeNothing() {
        Pool pool = new PoolBuilder("app")
                .member(1, 0)
                .member(1, 0)
                .member(1, 2)
                .minAvailable("30%")
                .build();
        assertThat(tiers(pool)).isEqualTo(new JsonArray().add(tier(0, 1.0)).add(tier(2, 0.0)));

        // Half of the first tier is left, which can take 1.4 times that.
        ScriptedProgram.takeDown(pool, 0);
        assertThat(tiers(pool)).isEqualTo(new JsonArray().add(tier(0, 0.7)).add(tier(2, 0.3)));

        ScriptedProgram.takeDown(pool, 1);
        assertThat(tiers(pool)).isEqualTo(new JsonArray().add(tier(0, 0.0)).add(tier(2, 1.0)));

        // Failing open, tiers are not looked at: by weight.
        ScriptedProgram.takeDown(pool, 2);
        assertThat(render(pool).getBoolean("fail_open")).isTrue();
        assertThat(tiers(pool)).isEqualTo(new JsonArray().add(tier(0, 0.667)).add(tier(2, 0.333)));
    }

    @Test
    void theTiersOfAPoolThatCannotServeTakeNothing() {
        Pool pool = new PoolBuilder("app").members(1).build();
        ScriptedProgram.takeDown(pool, 0);
        assertThat(tiers(pool)).isEqualTo(new JsonArray().add(tier(0, 0.0)));
    }

    @Test
    void aMemberSaysThatItStartsSlowlyUntilItHasItsWeight() {
        Pool pool = new PoolBuilder("app")
                .members(1, 1)
                .slowStart(Duration.ofSeconds(10))
                .ticker(() -> now)
                .build();
        assertThat(member(pool, 0).getBoolean("slow_start")).isFalse();

        ScriptedProgram.takeDown(pool, 0);
        ScriptedProgram.bringUp(pool, 0);
        assertThat(member(pool, 0).getBoolean("slow_start")).isTrue();
        assertThat(member(pool, 0).getDouble("effective_weight")).isEqualTo(0.1);
        assertThat(member(pool, 1).getBoolean("slow_start")).isFalse();

        ScriptedProgram.takeDown(pool, 0);
        assertThat(member(pool, 0).getBoolean("slow_start"))
                .as("it gets nothing at all")
                .isFalse();

        ScriptedProgram.bringUp(pool, 0);
        now += TimeUnit.SECONDS.toNanos(10);
        pool.refresh();
        assertThat(member(pool, 0).getBoolean("slow_start")).isFalse();
        assertThat(member(pool, 0).getDouble("effective_weight")).isEqualTo(1);
    }

    @Test
    void whoWaitsForOneMemberCountsThereAndInThePool() {
        Pool pool = new PoolBuilder("app").members(1, 1).maxConnections(1).build();
        Member home = pool.members().get(1);
        pool.tryLease(RequestKey.NONE, Set.of(), null);
        pool.tryLease(RequestKey.NONE, Set.of(), null);
        pool.queue(Set.of(), home, lease -> {});
        pool.queue(Set.of(), null, lease -> {});

        assertThat(render(pool).getInteger("queue")).isEqualTo(2);
        assertThat(member(pool, 0).getInteger("waiting")).isZero();
        assertThat(member(pool, 1).getInteger("waiting")).isEqualTo(1);
        assertThat(member(pool, 1).getInteger("in_flight")).isEqualTo(1);
    }

    private static JsonObject render(Pool pool) {
        JsonObject rendered =
                new PoolDocument(ScriptedProgram.START, new Stats(() -> 0).snapshot()).render(pool, pool.status());
        return new JsonObject(rendered.encode());
    }

    private static JsonArray tiers(Pool pool) {
        return render(pool).getJsonArray("tiers");
    }

    private static JsonObject member(Pool pool, int index) {
        return render(pool).getJsonArray("members").getJsonObject(index);
    }

    private static JsonObject tier(int number, double share) {
        return new JsonObject().put("tier", number).put("share", share);
    }
}
