package io.fairlead.admin;

import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;
import io.fairlead.stats.sample.ProcessRecorder;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The operator's window into a scripted program, for one test, and a client before it. */
public final class OperatorWindow implements BeforeEachCallback, AfterEachCallback {
    /** When the window is opened. */
    static final Instant OPENED = ScriptedProgram.START.plusSeconds(10);

    public final ScriptedProgram program = new ScriptedProgram();
    private final AtomicLong nanos = new AtomicLong();
    private final Vertx vertx = Vertx.vertx();
    private final Context control = vertx.getOrCreateContext();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ProcessRecorder process = new ProcessRecorder(() -> 0, () -> 0);
    private final InstantSource clock = () -> OPENED.plusNanos(nanos.get());
    final Stats stats = new Stats(nanos::get, clock);
    private final StatusBoard board = new StatusBoard(program, stats, process, clock);
    private final AdminServer admin;

    public OperatorWindow() {
        this(new Secret(""));
    }

    /** One whose changes take this token, unless they come from loopback. */
    public OperatorWindow(Secret token) {
        admin = new AdminServer(vertx, new AdminSettings(ListenAddress.parse("127.0.0.1:0"), token, false), board);
    }

    record Answer(int status, HttpResponse<String> response, String body) {
        JsonObject json() {
            return new JsonObject(body);
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        String contentType() {
            return header("content-type");
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        onControl(admin::start);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        onControl(admin::stop);
        process.close();
        await(vertx.close());
    }

    /** Closed before its time: nobody answers any more. */
    public void close() {
        onControl(admin::stop);
    }

    /** Where the page is. */
    String url() {
        return "http://localhost:" + admin.address().port() + "/";
    }

    /** The same for the command line: {@code "127.0.0.1:40001"}. */
    public String address() {
        return admin.address().toString();
    }

    Answer get(String path) throws Exception {
        return ask("GET", path);
    }

    /** Asks, with headers by name and value. */
    Answer ask(String method, String path, String... headers) throws Exception {
        return send(request(method, path, HttpRequest.BodyPublishers.noBody(), headers));
    }

    /** Orders something, as JSON. */
    Answer patch(String path, String body, String... headers) throws Exception {
        return send("PATCH", path, body, json(headers));
    }

    /** Asks for something, as JSON. */
    Answer post(String path, String body, String... headers) throws Exception {
        return send("POST", path, body, json(headers));
    }

    /** Sends a body of any kind. */
    Answer send(String method, String path, String body, String... headers) throws Exception {
        return send(request(method, path, HttpRequest.BodyPublishers.ofString(body), headers));
    }

    private static String[] json(String... more) {
        return Stream.concat(Stream.of("content-type", "application/json"), Arrays.stream(more))
                .toArray(String[]::new);
    }

    private Answer send(HttpRequest request) throws Exception {
        HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response, response.body());
    }

    /** Asks for an answer without end. */
    InputStream stream(String path, String... headers) throws Exception {
        return client.send(
                        request("GET", path, HttpRequest.BodyPublishers.noBody(), headers),
                        HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private HttpRequest request(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        URI uri = URI.create("http://127.0.0.1:" + admin.address().port() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, body);
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    /** All that is served. */
    List<Route> routes() {
        return onControl(() -> Future.succeededFuture(admin.router().getRoutes()));
    }

    /** How many read a stream. */
    int readers() {
        return onControl(() -> Future.succeededFuture(admin.readers()));
    }

    public void run(Runnable task) {
        onControl(() -> {
            task.run();
            return Future.succeededFuture();
        });
    }

    /** So much time passes, and what happened in it is sampled and published. */
    public void pass(Duration time) {
        run(() -> {
            nanos.addAndGet(time.toNanos());
            stats.sample();
            board.publish();
        });
    }

    private <T> T onControl(Callable<Future<T>> task) {
        Promise<T> done = Promise.promise();
        control.runOnContext(now -> {
            try {
                task.call().onComplete(done);
            } catch (Exception e) {
                done.fail(e);
            }
        });
        return await(done.future());
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
