package io.fairlead.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.pool.Pool;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;
import io.fairlead.stats.sample.ProcessRecorder;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminServerIT {
    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient();
    private final Context control = vertx.getOrCreateContext();
    private final ScriptedProgram program = new ScriptedProgram();
    private final Pool pool = program.addPool("app");
    private final ProcessRecorder process = new ProcessRecorder(() -> 0, () -> 0);
    private final StatusBoard board = new StatusBoard(
            program, new Stats(() -> 0), process, InstantSource.fixed(ScriptedProgram.START.plusSeconds(10)));
    private final AdminServer admin = server("127.0.0.1:0");

    @BeforeEach
    void start() {
        await(onControl(admin::start));
    }

    @AfterEach
    void stop() {
        await(onControl(admin::stop));
        process.close();
        await(vertx.close());
    }

    @Test
    void tellsTheAddressThatIsReallyBound() {
        assertThat(admin.address().host()).isEqualTo("127.0.0.1");
        assertThat(admin.address().port()).isPositive();
    }

    @Test
    void servesThePageAndEveryFileThatItNames() {
        Answer page = get("/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
        assertThat(page.body())
                .contains("id=\"summary\"")
                .doesNotContain("http://")
                .doesNotContain("https://");
        for (Page file : Page.files()) {
            Answer answer = get(file.path());
            assertThat(answer.status()).as(file.path()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(file.content().toString());
        }
        assertThat(page.body()).contains("/page.js", "/page.css", "/well.svg");
    }

    @Test
    void everyAnswerForbidsWhatThePageDoesNotNeed() {
        for (String path : List.of("/", "/api/v1/status", "/nothing", "/readyz")) {
            Answer answer = get(path);
            assertThat(answer.header("content-security-policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("x-content-type-options")).isEqualTo("nosniff");
            assertThat(answer.header("referrer-policy")).isEqualTo("no-referrer");
            assertThat(answer.header("cache-control")).isEqualTo("no-store");
        }
    }

    @Test
    void servesTheStatusAndItsParts() {
        JsonObject status = new JsonObject(get("/api/v1/status").body());
        assertThat(status).isEqualTo(published());
        JsonArray pools = status.getJsonArray("pools");
        assertThat(get("/api/v1/pools").body()).isEqualTo(pools.encode());
        assertThat(get("/api/v1/pools/app").body())
                .isEqualTo(pools.getJsonObject(0).encode());
        JsonArray members = pools.getJsonObject(0).getJsonArray("members");
        assertThat(get("/api/v1/pools/app/members/127.0.0.1:9001").body())
                .isEqualTo(members.getJsonObject(0).encode());
        assertThat(get("/api/v1/pools/app/members/127.0.0.1%3A9001").status()).isEqualTo(200);
        assertThat(get("/api/v1/pools/app/members/blue").header("content-type")).isEqualTo("application/json");
    }

    @Test
    void theStatusChangesWithEachPublishing() {
        onControlRun(() -> {
            ScriptedProgram.takeDown(pool, 1);
            board.publish();
        });
        assertThat(new JsonObject(get("/api/v1/pools/app/members/blue").body()).getString("health"))
                .isEqualTo("down");
    }

    @Test
    void aDocumentIsMadeOnceForAllWhoAskAndNotForNobody() {
        long before = rendered();
        for (int i = 0; i < 10; i++) {
            onControlRun(board::publish);
        }
        assertThat(rendered()).isEqualTo(before);

        get("/api/v1/status");
        get("/api/v1/pools/app");
        assertThat(rendered()).isEqualTo(before + 1);

        await(send(HttpMethod.GET, "/api/v1/status/stream", null));
        onControlRun(board::publish);
        onControlRun(board::publish);
        assertThat(rendered()).as("for a reader of the stream").isEqualTo(before + 3);
    }

    private long rendered() {
        return await(onControl(() -> Future.succeededFuture(board.rendered())));
    }

    @Test
    void theStreamGivesThePresentDocumentAndThenEachNewOne() {
        Promise<List<JsonObject>> twoEvents = Promise.promise();
        Buffer received = Buffer.buffer();
        HttpClientResponse stream = await(send(HttpMethod.GET, "/api/v1/status/stream", null));
        assertThat(stream.getHeader("content-type")).isEqualTo("text/event-stream");
        stream.handler(chunk -> {
            List<JsonObject> events = events(received.appendBuffer(chunk).toString());
            if (events.size() == 1) {
                control.runOnContext(now -> {
                    ScriptedProgram.takeDown(pool, 0);
                    board.publish();
                });
            } else if (events.size() == 2) {
                twoEvents.tryComplete(events);
            }
        });
        stream.resume();

        List<JsonObject> events = await(twoEvents.future());

        assertThat(firstMember(events.get(0)).getString("health")).isEqualTo("up");
        assertThat(firstMember(events.get(1)).getString("health")).isEqualTo("down");
        assertThat(events.get(1)).isEqualTo(published());
    }

    @Test
    void aReaderThatTakesNothingIsSkippedAndHoldsUpNobody() {
        // Large documents, so that a hundred are far more than sockets hold.
        IntStream.range(0, 200).forEach(i -> program.addPool("more" + i));
        onControlRun(board::publish);
        HttpClientResponse slow = await(send(HttpMethod.GET, "/api/v1/status/stream", null));
        for (int i = 0; i < 100; i++) {
            onControlRun(board::publish);
        }
        assertThat(get("/livez").status()).isEqualTo(200);

        onControlRun(() -> program.draining = true);
        long publishing = vertx.setPeriodic(20, tick -> onControlLater(board::publish));
        Promise<Void> latest = Promise.promise();
        Buffer received = Buffer.buffer();
        slow.handler(chunk -> {
            received.appendBuffer(chunk);
            if (chunk.toString().contains("\"draining\":true")) {
                latest.tryComplete();
            }
        });
        slow.resume();
        await(latest.future());
        vertx.cancelTimer(publishing);

        assertThat(received.toString().split("\"draining\":false", -1)).hasSizeLessThan(100);
    }

    @Test
    void theMembersAreATableToo() {
        for (String path : List.of("/?format=csv", "/api/v1/status?format=csv")) {
            Answer table = get(path);
            assertThat(table.header("content-type")).isEqualTo("text/csv; charset=utf-8; header=present");
            assertThat(table.body().lines()).hasSize(3).first().asString().startsWith("pool,id,address,");
        }
        assertThat(get("/api/v1/status?format=json").body())
                .isEqualTo(get("/api/v1/status").body());
        for (String path : List.of("/?format=xml", "/api/v1/status?format=")) {
            assertThat(assertProblem(get(path), 400).getString("detail"))
                    .startsWith("format: \"")
                    .endsWith("\" (expected: csv)");
        }
    }

    @Test
    void metricsComeInTheFormatThatIsAskedFor() {
        assertThat(metrics("*/*")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics("text/html,text/plain;q=0.9")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics(
                        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
                                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(metrics("text/plain;version=0.0.4;q=0.9,application/openmetrics-text;q=0.5"))
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics("application/openmetrics-text;q=0.5,text/plain;version=0.0.4;q=0.9"))
                .isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(metrics("text/plain;q=0,application/openmetrics-text;q=0.1"))
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(metrics("application/json")).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }

    private String metrics(String accept) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(admin.address().port())
                .setURI("/metrics")
                .putHeader("accept", accept);
        HttpClientResponse response = await(client.request(options)
                .compose(request ->
                        request.send().compose(answer -> answer.body().map(answer))));
        assertThat(response.statusCode()).isEqualTo(200);
        return response.getHeader("content-type");
    }

    @Test
    void aReaderThatLeavesIsForgotten() {
        HttpClientResponse stream = await(send(HttpMethod.GET, "/api/v1/status/stream", null));
        Promise<Void> forgotten = Promise.promise();
        onControlRun(() -> assertThat(admin.readers()).isEqualTo(1));

        await(stream.request().connection().close());

        long watching = vertx.setPeriodic(
                5,
                tick -> onControlLater(() -> {
                    if (admin.readers() == 0) {
                        forgotten.tryComplete();
                    }
                }));
        await(forgotten.future());
        vertx.cancelTimer(watching);
        onControlRun(board::publish);
    }

    @Test
    void stoppingEndsTheStreams() {
        HttpClientResponse stream = await(send(HttpMethod.GET, "/api/v1/status/stream", null));
        Promise<Void> ended = Promise.promise();
        stream.endHandler(ended::tryComplete).exceptionHandler(ended::tryFail).handler(chunk -> {});
        stream.resume();

        await(onControl(admin::stop));

        await(ended.future());
    }

    @Test
    void whatIsNotThereIsA404Problem() {
        assertProblem(get("/nothing"), 404);
        assertProblem(get("/api/v1/pools/other"), 404);
        assertProblem(get("/api/v1/pools/other/members/blue"), 404);
        assertThat(assertProblem(get("/api/v1/pools/app/members/green"), 404).getString("detail"))
                .contains("green", "app");
        assertProblem(get("/livez/x"), 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
    void onlyReadingIsAllowed(String method) {
        for (String path : List.of("/", "/api/v1/status", "/api/v1/pools/app", "/readyz", "/metrics")) {
            Answer answer = ask(HttpMethod.valueOf(method), path, null);
            assertProblem(answer, 405);
            assertThat(answer.header("allow")).isEqualTo("GET, HEAD");
        }
    }

    @Test
    void headIsLikeGetWithoutABody() {
        for (String path : List.of("/", "/?format=csv", "/api/v1/status", "/api/v1/pools", "/readyz", "/metrics")) {
            Answer head = ask(HttpMethod.HEAD, path, null);
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.body()).isEmpty();
            assertThat(head.header("content-type")).isEqualTo(get(path).header("content-type"));
        }
        assertThat(ask(HttpMethod.HEAD, "/api/v1/status/stream", null).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "evil.example:9090", "127.0.0.1.evil.example", "10.0.0.1", "localhost.evil"})
    void onLoopbackAForeignHostIsMisdirected(String host) {
        assertProblem(ask(HttpMethod.GET, "/api/v1/status", host), 421);
        assertProblem(ask(HttpMethod.GET, "/", host), 421);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:1", "127.0.0.1", "127.0.0.1:80", "[::1]", "[::1]:9090"})
    void onLoopbackItsOwnNamesAreServedWithAnyPort(String host) {
        assertThat(ask(HttpMethod.GET, "/api/v1/status", host).status()).isEqualTo(200);
    }

    @Test
    void boundToAllAddressesAnyHostIsServed() {
        AdminServer open = server("0.0.0.0:0");
        ListenAddress address = await(onControl(open::start));
        RequestOptions request = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(address.port())
                .setURI("/livez")
                .putHeader("host", "fairlead.example");
        assertThat(await(client.request(request).compose(made -> made.send())).statusCode())
                .isEqualTo(200);
        await(onControl(open::stop));
    }

    @Test
    void aliveAnswersWithTheReportOfTheChecks() {
        Answer alive = get("/livez");
        assertThat(alive.status()).isEqualTo(200);
        assertThat(new JsonObject(alive.body()).getString("status")).isEqualTo("UP");
    }

    @Test
    void readyWhileItListensAndTheRoutedPoolCanServe() {
        assertThat(get("/readyz").status()).isEqualTo(200);

        onControlRun(() -> ScriptedProgram.takeDown(pool, 0));
        assertThat(get("/readyz").status()).isEqualTo(200);

        onControlRun(() -> ScriptedProgram.takeDown(pool, 1));
        Answer dry = get("/readyz");
        assertThat(dry.status()).isEqualTo(503);
        assertThat(check(dry, "pools").getJsonObject("data").getString("app")).isEqualTo("no member available");
        assertThat(check(dry, "listening").getString("status")).isEqualTo("UP");

        onControlRun(() -> ScriptedProgram.bringUp(pool, 0));
        assertThat(get("/readyz").status()).isEqualTo(200);
    }

    @Test
    void notReadyWhileDrainingOrNotListeningYetAlive() {
        onControlRun(() -> program.draining = true);
        assertThat(get("/readyz").status()).isEqualTo(503);
        assertThat(get("/livez").status()).isEqualTo(200);

        onControlRun(() -> {
            program.draining = false;
            program.listening = false;
        });
        assertThat(get("/readyz").status()).isEqualTo(503);
    }

    private AdminServer server(String address) {
        return new AdminServer(vertx, new AdminSettings(ListenAddress.parse(address), new Secret(""), false), board);
    }

    private Answer get(String path) {
        return ask(HttpMethod.GET, path, null);
    }

    private Answer ask(HttpMethod method, String path, @Nullable String host) {
        return await(send(method, path, host).compose(response -> {
            response.resume();
            return response.body().map(body -> new Answer(response, body.toString()));
        }));
    }

    private Future<HttpClientResponse> send(HttpMethod method, String path, @Nullable String host) {
        RequestOptions options = new RequestOptions()
                .setMethod(method)
                .setHost("127.0.0.1")
                .setPort(admin.address().port())
                .setURI(path);
        if (host != null) {
            options.putHeader("host", host);
        }
        return client.request(options)
                .compose(request -> request.send().map(response -> {
                    response.pause();
                    return response;
                }));
    }

    private static JsonObject assertProblem(Answer answer, int status) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
        JsonObject problem = new JsonObject(answer.body());
        assertThat(problem.getInteger("status")).isEqualTo(status);
        assertThat(problem.getString("title")).isNotEmpty();
        assertThat(problem.getString("detail")).isNotEmpty();
        return problem;
    }

    private JsonObject published() {
        return await(onControl(
                () -> Future.succeededFuture(new JsonObject(board.status().encode()))));
    }

    private static JsonObject check(Answer answer, String id) {
        JsonArray checks = new JsonObject(answer.body()).getJsonArray("checks");
        return checks.stream()
                .map(JsonObject.class::cast)
                .filter(check -> check.getString("id").equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** The events whose end has come. */
    private static List<JsonObject> events(String stream) {
        List<JsonObject> events = new ArrayList<>();
        for (String block : stream.substring(0, stream.lastIndexOf("\n\n") + 1).split("\n\n", -1)) {
            if (block.startsWith("data: ")) {
                events.add(new JsonObject(block.substring("data: ".length())));
            }
        }
        return events;
    }

    private static JsonObject firstMember(JsonObject status) {
        return status.getJsonArray("pools")
                .getJsonObject(0)
                .getJsonArray("members")
                .getJsonObject(0);
    }

    private void onControlRun(Runnable task) {
        await(onControl(() -> {
            task.run();
            return Future.succeededFuture();
        }));
    }

    private void onControlLater(Runnable task) {
        control.runOnContext(now -> task.run());
    }

    private <T> Future<T> onControl(Callable<Future<T>> task) {
        Promise<T> done = Promise.promise();
        control.runOnContext(now -> {
            try {
                task.call().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return done.future();
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private record Answer(HttpClientResponse response, String body) {
        int status() {
            return response.statusCode();
        }

        String header(String name) {
            return response.getHeader(name);
        }
    }
}
