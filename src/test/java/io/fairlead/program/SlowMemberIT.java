package io.fairlead.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The case that Linkerd published in 2016, over HTTP: eleven members that answer in 167 ms, give or take 5; 1,000 requests a
 * second, sent when they are due whatever the answers do; one member takes 2 s from second 15 to second 45. All strategies
 * at once, each with a pool of its own over the same members.
 *
 * <p>What counts is how many requests were given to the member while it was slow: these and no others have to wait for more
 * than a second. So the result depends on the choices alone and not on how busy the machine is; the times that clients saw
 * are printed beside it.
 */
class SlowMemberIT {
    private static final int MEMBERS = 11;
    private static final int PER_SECOND = 1000;
    private static final long SECONDS = 60;
    private static final long SLOW_FROM = 15;
    private static final long SLOW_UNTIL = 45;
    private static final long WARM_UP = 12;
    /** As many as a rate that rises evenly from nothing to {@link #PER_SECOND} makes. */
    private static final int WARM_UP_REQUESTS = (int) (PER_SECOND * WARM_UP / 2);

    private static final int MOST_CONNECTIONS = 2000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final ResourceLeakDetector.Level watched = ResourceLeakDetector.getLevel();
    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServer> servers = new ArrayList<>();
    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    // The timer writes, servers read.
    private volatile boolean slow;

    /** What became of one strategy's requests. Any event loop. */
    private static final class Tally {
        private final AtomicInteger slow = new AtomicInteger();
        private final AtomicInteger late = new AtomicInteger();
        private final AtomicInteger failed = new AtomicInteger();
        private final AtomicInteger answered = new AtomicInteger();

        double shareWithinASecond() {
            return 1 - slow.get() / (double) answered.get();
        }

        @Override
        public String toString() {
            double late1 = 1 - late.get() / (double) answered.get();
            return "%d answered, %d at the slow member: %.2f %% were due within 1 s, %.2f %% were seen within 1 s"
                    .formatted(answered.get(), slow.get(), 100 * shareWithinASecond(), 100 * late1);
        }
    }

    /** Clients and members of this test are no subject of it, and tracking each of their buffers takes most of a core. */
    @BeforeEach
    void doNotWatchOurOwnBuffers() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }

    @AfterEach
    void close() throws Exception {
        ResourceLeakDetector.setLevel(watched);
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }

    @Test
    void strategiesThatLookAtLoadOrLatencyKeepAwayFromASlowMember() throws Exception {
        for (String strategy : List.of("round-robin", "power-of-two", "least-connections", "peak-ewma")) {
            tallies.put(strategy, new Tally());
        }
        startMembers();
        Path config = Files.writeString(directory.resolve("config.toml"), config());
        try (Daemon fairlead = Daemon.quickFairlead("run", "-c", config.toString())) {
            Serving serving = Serving.of(fairlead);
            load(serving.port());
            fairlead.signal("TERM");
            assertThat(fairlead.exitCode()).as(fairlead.output()).isZero();
            assertThat(fairlead.output()).doesNotContain("LEAK", "ERROR", "Exception");
        }
        tallies.forEach((strategy, tally) -> System.out.println(strategy + ": " + tally));
        tallies.values().forEach(tally -> {
            assertThat(tally.failed).hasValue(0);
            assertThat(tally.answered.get()).isEqualTo((int) (PER_SECOND * SECONDS));
        });
        // One in eleven, for half of the time: 95.45 %. The others: what the simulation has to reach is 99.4 and 99.9
        // %; here
        // a third or the same again is left for chance (of 300, the standard error is 17) and for a machine that is
        // late.
        assertThat(tally("round-robin").shareWithinASecond()).isBetween(0.953, 0.956);
        assertThat(tally("power-of-two").shareWithinASecond()).isGreaterThanOrEqualTo(0.992);
        assertThat(tally("least-connections").shareWithinASecond()).isGreaterThanOrEqualTo(0.992);
        assertThat(tally("peak-ewma").shareWithinASecond()).isGreaterThanOrEqualTo(0.998);
    }

    private Tally tally(String strategy) {
        return java.util.Objects.requireNonNull(tallies.get(strategy));
    }

    private void startMembers() throws Exception {
        List<Future<HttpServer>> started = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            boolean first = i == 0;
            Random random = new Random(i);
            HttpServer server = vertx.createHttpServer().requestHandler(request -> {
                boolean now = first && slow;
                if (now) {
                    tally(request.path().substring(1)).slow.incrementAndGet();
                }
                long delay = now ? 2000 : 162 + random.nextInt(11);
                vertx.setTimer(delay, id -> request.response().end());
            });
            servers.add(server);
            started.add(server.listen(0, "127.0.0.1"));
        }
        await(Future.all(started));
    }

    private String config() {
        String members = String.join(
                ", ",
                servers.stream()
                        .map(server -> "\"127.0.0.1:" + server.actualPort() + "\"")
                        .toList());
        StringBuilder text = new StringBuilder("""
                [admin]
                address = "127.0.0.1:0"
                [[listeners]]
                address = "127.0.0.1:0"
                """);
        tallies.keySet().forEach(strategy -> text.append("""
                        [[routes]]
                        path = "/%1$s"
                        pool = "%1$s"
                        [pools.%1$s]
                        strategy = "%1$s"
                        members = [%2$s]
                        """.formatted(strategy, members)));
        return text.toString();
    }

    /** Sends what is due each millisecond, and waits for the last answer. Before the count begins, the rate rises to its full. */
    private void load(int port) throws Exception {
        HttpClient client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(60), new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        int all = WARM_UP_REQUESTS + (int) (PER_SECOND * SECONDS);
        CountDownLatch answers = new CountDownLatch(tallies.size() * all);
        long begin = System.nanoTime() + WARM_UP * SECOND;
        Tally uncounted = new Tally();
        int[] sent = {0};
        vertx.setPeriodic(1, id -> {
            long now = System.nanoTime();
            slow = now - begin >= SLOW_FROM * SECOND && now - begin < SLOW_UNTIL * SECOND;
            for (; sent[0] < all && begin + due(sent[0]) <= now; sent[0]++) {
                long due = begin + due(sent[0]);
                boolean counts = sent[0] >= WARM_UP_REQUESTS;
                tallies.forEach(
                        (strategy, tally) -> send(client, port, strategy, due, counts ? tally : uncounted, answers));
            }
        });
        assertThat(answers.await(WARM_UP + SECONDS + 30, TimeUnit.SECONDS))
                .as("all are answered")
                .isTrue();
        assertThat(uncounted.failed).hasValue(0);
    }

    /** When the nth request of each strategy is due, from the begin of the count. */
    private static long due(int number) {
        return number < WARM_UP_REQUESTS
                ? (long) (WARM_UP * SECOND * (Math.sqrt(number / (double) WARM_UP_REQUESTS) - 1))
                : (number - WARM_UP_REQUESTS) * SECOND / PER_SECOND;
    }

    private static void send(
            HttpClient client, int port, String strategy, long due, Tally tally, CountDownLatch answers) {
        client.request(HttpMethod.GET, port, "127.0.0.1", "/" + strategy)
                .compose(HttpClientRequest::send)
                .compose(response -> response.end().map(response.statusCode()))
                .onComplete(result -> {
                    if (result.failed() || result.result() != 200) {
                        tally.failed.incrementAndGet();
                    }
                    tally.answered.incrementAndGet();
                    if (System.nanoTime() - due > SECOND) {
                        tally.late.incrementAndGet();
                    }
                    answers.countDown();
                });
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
