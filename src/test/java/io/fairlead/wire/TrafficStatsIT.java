package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.MemberStats;
import io.fairlead.stats.PoolStats;
import io.fairlead.stats.Retry;
import io.fairlead.stats.RouteStats;
import io.fairlead.stats.StatsSnapshot;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the statistics tell of real conversations: routes, connections, retries, queues. */
class TrafficStatsIT {
    private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    private static final String UNAVAILABLE = "HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n";

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    private final CountDownLatch release = new CountDownLatch(1);

    private static Script answers(String answer) {
        return wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                wire.readRequestBody(head);
                wire.send(answer);
            }
        };
    }

    @Test
    void aRouteCountsWhatItsClientsGotAndHowLongTheyWaited() throws Exception {
        fairlead.member(answers(OK));
        RawClient client = fairlead.client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/").status()).isEqualTo(200);
        }
        RawClient other = fairlead.client();
        other.sendHead("GET / HTTP/1.1", "Host: a", "Host: b");
        assertThat(other.readAnswer().status()).isEqualTo(400);

        StatsSnapshot seen = fairlead.awaitStats(
                "four answers", stats -> stats.incoming().responses().clientError() == 1);

        RouteStats all = seen.route("/");
        assertThat(all.codes().byStatus()).isEqualTo(Map.of(200, 3L));
        assertThat(all.codesByListener().values()).containsExactly(all.codes());
        assertThat(all.latency().count()).isEqualTo(3);
        assertThat(all.buckets().count()).isEqualTo(3);
        assertThat(all.latency().max())
                .isGreaterThanOrEqualTo(onlyMember(seen).latency().p50());
        assertThat(seen.route("").codes().byStatus()).isEqualTo(Map.of(400, 1L));
        ListenerStats listener = seen.incoming();
        assertThat(listener.requests().total()).isEqualTo(4);
        assertThat(listener.responses().success()).isEqualTo(3);
        assertThat(listener.errors().total()).isZero();
    }

    @Test
    void keptConnectionsAreToldFromNewOnes() throws Exception {
        fairlead.member(answers(OK), answers(OK));
        RawClient client = fairlead.client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.get("/").status()).isEqualTo(200);
        }
        StatsSnapshot seen = fairlead.awaitStats(
                "three requests", stats -> stats.route("/").codes().total() == 3);
        assertThat(onlyMember(seen).connections().opened()).isEqualTo(1);
        assertThat(onlyMember(seen).connections().reused()).isEqualTo(2);
    }

    @Test
    void retriesAreToldByReasonAndOutcome() throws Exception {
        fairlead.pool("[pools.app.retry]\non = [\"503\", \"connect-failure\"]");
        fairlead.member(answers(UNAVAILABLE), answers(UNAVAILABLE));
        fairlead.member(answers(UNAVAILABLE), answers(UNAVAILABLE));
        RawClient client = fairlead.client();
        assertThat(client.get("/").status()).isEqualTo(503);

        StatsSnapshot seen = fairlead.awaitStats(
                "an error", stats -> stats.incoming().errors().total() == 1);

        PoolStats pool = seen.pool("app");
        assertThat(pool.retries()).isEqualTo(1);
        assertThat(pool.retriesBy()).containsEntry(new Retry("503", Retry.Outcome.ANSWERED), 1L);
        assertThat(seen.members().values())
                .extracting(member -> member.counts().retriesFrom())
                .containsExactlyInAnyOrder(1L, 0L);
        assertThat(seen.members().values())
                .extracting(member -> member.counts().retriesTo())
                .containsExactlyInAnyOrder(1L, 0L);
        assertThat(seen.members().values())
                .extracting(member -> member.errors().total())
                .containsExactly(1L, 1L);
        assertThat(seen.route("/").codes().byStatus()).isEqualTo(Map.of(503, 1L));
    }

    @Test
    void waitsInTheQueueAreToldWithWhatCameOfThem() throws Exception {
        fairlead.pool("max_connections = 1\nmax_queue = 1\nqueue_timeout = \"10s\"");
        fairlead.member(wire -> {
            for (Head head = wire.nextHead(); head != null; head = wire.nextHead()) {
                release.await();
                wire.send(OK);
            }
        });
        RawClient first = fairlead.client();
        first.sendHead("GET / HTTP/1.1", RawClient.HOST);
        fairlead.awaitInFlight(1);
        RawClient second = fairlead.client();
        second.sendHead("GET / HTTP/1.1", RawClient.HOST);
        fairlead.awaitQueued(1);
        assertThat(fairlead.client().get("/").status()).isEqualTo(503);
        second.close();
        fairlead.awaitQueued(0);
        RawClient third = fairlead.client();
        third.sendHead("GET / HTTP/1.1", RawClient.HOST);
        fairlead.awaitQueued(1);
        release.countDown();
        assertThat(first.readAnswer().status()).isEqualTo(200);
        assertThat(third.readAnswer().status()).isEqualTo(200);

        StatsSnapshot seen = fairlead.awaitStats(
                "four requests", stats -> stats.route("/").codes().total() == 4);

        PoolStats pool = seen.pool("app");
        assertThat(pool.queue().served()).isEqualTo(1);
        assertThat(pool.queue().left()).isEqualTo(1);
        assertThat(pool.queue().full()).isEqualTo(1);
        assertThat(pool.queue().timedOut()).isZero();
        assertThat(pool.queue().waits().count()).isEqualTo(2);
        assertThat(seen.route("/").codes().byStatus()).isEqualTo(Map.of(200, 2L, 499, 1L, 503, 1L));
    }

    private static MemberStats onlyMember(StatsSnapshot stats) {
        assertThat(stats.members()).hasSize(1);
        return stats.members().values().iterator().next();
    }
}
