package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
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
    private static final List<String> STRATEGIES =
            List.of("round-robin", "power-of-two", "least-connections", "peak-ewma");
    private static final int MEMBERS = 11;
    private static final int PER_SECOND = 1000;
    private static final int SECONDS = 60;
    private static final int SLOW_FROM = 15;
    private static final int SLOW_UNTIL = 45;
    private static final int WARM_UP = 12;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<HttpServer> servers = new ArrayList<>();
    // How many requests all members got while one was slow, and how many of them that one, by path. Servers write.
    private final Map<String, Integer> meanwhile = new ConcurrentHashMap<>();
    private final Map<String, Integer> atSlow = new ConcurrentHashMap<>();
    // The test writes, servers read.
    private volatile boolean slow;

    @AfterEach
    void close() throws Exception {
        await(vertx.close());
    }

    @Test
    void strategiesThatLookAtLoadOrLatencyKeepAwayFromASlowMember() throws Exception {
        startMembers();
        try (Front fairlead = new Front(directory, config());
                Load load = new Load(
                        fairlead.port(),
                        PER_SECOND * STRATEGIES.size(),
                        WARM_UP,
                        n -> "/" + STRATEGIES.get(n % STRATEGIES.size()))) {
            load.awaitSecond(SLOW_FROM);
            slow = true;
            load.awaitSecond(SLOW_UNTIL);
            slow = false;
            load.awaitSecond(SECONDS);
            Map<String, Answers> answers = load.stop();
            fairlead.stop();
            answers.forEach((path, of) -> System.out.printf(
                    "%s: %s; %.2f %% were due within 1 s, %.2f %% were seen within 1 s%n",
                    path, of, 100 * shareInTime(path), 100 * (1 - of.slowerThan(1000) / (double) of.count())));
            judge(answers);
        }
    }

    private void judge(Map<String, Answers> answers) {
        assertThat(answers.values()).hasSize(STRATEGIES.size()).allSatisfy(of -> {
            assertThat(of.failed()).isZero();
            assertThat(of.count()).isGreaterThan(PER_SECOND * (SECONDS - 1)); // the last may not be due yet
        });
        // One in eleven, for half of the time: 95.45 %. The others: what the simulation has to reach is 99.4 and 99.9
        // %; here a third or the same again is left for chance (of 300, the standard error is 17) and for a machine
        // that is late.
        assertThat(shareInTime("/round-robin")).isBetween(0.953, 0.956);
        assertThat(shareInTime("/power-of-two")).isGreaterThanOrEqualTo(0.992);
        assertThat(shareInTime("/least-connections")).isGreaterThanOrEqualTo(0.992);
        assertThat(shareInTime("/peak-ewma")).isGreaterThanOrEqualTo(0.998);
    }

    /** Of all requests, had they all been sent when they were due: one member is slow for half of the time. */
    private double shareInTime(String path) {
        double slowHalf = (SLOW_UNTIL - SLOW_FROM) / (double) SECONDS;
        return 1 - slowHalf * atSlow.getOrDefault(path, 0) / Objects.requireNonNull(meanwhile.get(path));
    }

    private void startMembers() throws Exception {
        List<Future<HttpServer>> started = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            boolean first = i == 0;
            Random random = new Random(i);
            HttpServer server = vertx.createHttpServer().requestHandler(request -> {
                boolean now = first && slow;
                if (slow) {
                    meanwhile.merge(request.path(), 1, Integer::sum);
                    atSlow.merge(request.path(), now ? 1 : 0, Integer::sum);
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
        StringBuilder text = new StringBuilder();
        STRATEGIES.forEach(strategy -> text.append("""
                        [[routes]]
                        path = "/%1$s"
                        pool = "%1$s"
                        [pools.%1$s]
                        strategy = "%1$s"
                        members = [%2$s]
                        """.formatted(strategy, members)));
        return text.toString();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
