package io.fairlead.program.scenario;

import io.netty.util.ResourceLeakDetector;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * GETs that are sent when they are due, whatever the answers do, over as many connections as it takes, 2,000 at most. How long an
 * answer took is counted from when the request was due.
 */
final class Load implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 2000;
    private static final long PATIENCE_SECONDS = 60;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final ResourceLeakDetector.Level watched = ResourceLeakDetector.getLevel();
    private final Vertx vertx;
    private final Context loop;
    private final HttpClient client;
    private final int port;
    private final int perSecond;
    private final IntFunction<String> path;
    private final Promise<Void> last = Promise.promise();
    // The loop's.
    private final Map<String, Answers> answers = new TreeMap<>();
    private final int warmUp;
    private final double warmUpSeconds;
    private final long begin;
    private long countsFrom;
    private int sent;
    private int open;
    private boolean stopped;

    /**
     * Begins at once.
     *
     * @param warmUpSeconds for so long the rate rises to its full, and nothing counts; 0 or more
     * @param path what the nth request asks for
     */
    Load(int port, int perSecond, double warmUpSeconds, IntFunction<String> path) {
        // Clients are no subject of the test, and tracking each of their buffers takes most of a core.
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        this.port = port;
        this.perSecond = perSecond;
        this.warmUpSeconds = warmUpSeconds;
        this.warmUp = (int) (perSecond * warmUpSeconds / 2);
        this.begin = System.nanoTime() + (long) (SECOND * warmUpSeconds);
        this.countsFrom = begin;
        this.path = path;
        this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        this.loop = vertx.getOrCreateContext();
        this.client = vertx.createHttpClient(
                new HttpClientOptions().setKeepAliveTimeout(60), new PoolOptions().setHttp1MaxSize(MOST_CONNECTIONS));
        loop.runOnContext(v -> vertx.setPeriodic(1, id -> sendDue()));
    }

    private void sendDue() {
        long now = System.nanoTime();
        while (!stopped && due(sent) - now <= 0) {
            send(path.apply(sent), due(sent));
            sent++;
        }
        if (stopped && open == 0) {
            last.tryComplete();
        }
    }

    private long due(int number) {
        return number < warmUp
                ? begin + (long) (SECOND * warmUpSeconds * (Math.sqrt(number / (double) warmUp) - 1))
                : begin + (number - warmUp) * SECOND / perSecond;
    }

    /** Waits until so many seconds have passed since the full rate was reached. */
    void awaitSecond(double second) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(begin + (long) (SECOND * second) - System.nanoTime());
    }

    private void send(String to, long due) {
        open++;
        client.request(HttpMethod.GET, port, "127.0.0.1", to)
                .compose(HttpClientRequest::send)
                .compose(response -> response.body().map(body -> inWords(response.statusCode(), body.toString())))
                .otherwise(Throwable::toString)
                .onSuccess(result -> {
                    open--;
                    if (due - countsFrom >= 0) {
                        answers.computeIfAbsent(to, key -> new Answers()).ended(result, System.nanoTime() - due);
                    }
                });
    }

    /** The status; with what Fairlead says of it, if that is its own answer. */
    private static String inWords(int status, String body) {
        String detail = "\"detail\":\"";
        int from = body.indexOf(detail);
        return from < 0
                ? Integer.toString(status)
                : status + " " + body.substring(from + detail.length(), body.indexOf('"', from + detail.length()));
    }

    /** Counts anew: those that are due from now on. What ended since the last time, by path; of the others nothing is told. */
    Map<String, Answers> countAnew() {
        return onLoop(() -> {
            Map<String, Answers> before = new TreeMap<>(answers);
            answers.clear();
            countsFrom = System.nanoTime();
            return before;
        });
    }

    /** Sends no more, and waits for what is still open. What became of those that count, by path. */
    Map<String, Answers> stop() {
        onLoop(() -> stopped = true);
        await(last.future());
        return onLoop(() -> new TreeMap<>(answers));
    }

    /** The same for all paths together. */
    static Answers together(Map<String, Answers> byPath) {
        Answers all = new Answers();
        byPath.values().forEach(all::add);
        return all;
    }

    private <T> T onLoop(java.util.concurrent.Callable<T> task) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(v -> {
            try {
                done.complete(task.call());
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return await(done.future());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the load does not come to an end", e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
        ResourceLeakDetector.setLevel(watched);
    }
}
