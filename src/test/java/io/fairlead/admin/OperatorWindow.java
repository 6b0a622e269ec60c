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
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The operator's window into a scripted program, for one test, and a client before it. */
final class OperatorWindow implements BeforeEachCallback, AfterEachCallback {
    final ScriptedProgram program = new ScriptedProgram();
    private final Vertx vertx = Vertx.vertx();
    private final Context control = vertx.getOrCreateContext();
    private final HttpClient client = HttpClient.newHttpClient();
    private final ProcessRecorder process = new ProcessRecorder(() -> 0, () -> 0);
    private final AdminServer admin = new AdminServer(
            vertx,
            new AdminSettings(ListenAddress.parse("127.0.0.1:0"), new Secret("")),
            new StatusBoard(
                    program, new Stats(() -> 0), process, InstantSource.fixed(ScriptedProgram.START.plusSeconds(10))));

    record Answer(int status, String contentType, String body) {
        JsonObject json() {
            return new JsonObject(body);
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

    Answer get(String path) throws Exception {
        return ask("GET", path);
    }

    /** Asks, with headers by name and value. */
    Answer ask(String method, String path, String... headers) throws Exception {
        HttpResponse<String> response =
                client.send(request(method, path, headers), HttpResponse.BodyHandlers.ofString());
        String type = response.headers().firstValue("content-type").orElse("");
        return new Answer(response.statusCode(), type, response.body());
    }

    /** Asks for an answer without end. */
    InputStream stream(String path, String... headers) throws Exception {
        return client.send(request("GET", path, headers), HttpResponse.BodyHandlers.ofInputStream())
                .body();
    }

    private HttpRequest request(String method, String path, String... headers) {
        URI uri = URI.create("http://127.0.0.1:" + admin.address().port() + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
        return (headers.length == 0 ? request : request.headers(headers)).build();
    }

    /** How many read a stream. */
    int readers() {
        return onControl(() -> Future.succeededFuture(admin.readers()));
    }

    void run(Runnable task) {
        onControl(() -> {
            task.run();
            return Future.succeededFuture();
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
