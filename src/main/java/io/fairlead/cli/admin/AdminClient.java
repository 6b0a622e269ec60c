package io.fairlead.cli.admin;

import io.fairlead.admin.AdminSettings;
import io.fairlead.cli.text.Plain;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.Collectors;

/** Asks the API of a running Fairlead. Blocks; for the command line. */
public final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A probe may take its time. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private static final int NO_CONTENT = 204;

    private final AdminTarget.Found target;
    // No proxy: this is for the machine itself, or for one that the operator names.
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    /** Of whoever listens there, without a token. */
    public AdminClient(String address) {
        this(new AdminTarget.Found(ListenAddress.parse(address), new Secret("")));
    }

    AdminClient(AdminTarget.Found target) {
        this.target = target;
    }

    /**
     * An answer.
     *
     * @param status of HTTP
     * @param body what was asked for, or the problem in its place; empty if there was none
     */
    public record Answer(int status, JsonObject body) {
        /** Whether it is what was asked for. */
        public boolean isFine() {
            return status >= 200 && status < 300;
        }

        /** What Fairlead says is wrong, on one line. */
        public String detail() {
            return Plain.line(body.getString("detail", "it answers " + status));
        }

        /** The same, and below it every error if there are several. */
        public String problem() {
            return body.getJsonArray("errors", new JsonArray()).stream()
                    .map(error -> "\n" + Plain.lines(String.valueOf(error)))
                    .collect(Collectors.joining("", detail(), ""));
        }
    }

    /** Where it asks. */
    public String address() {
        return target.address().toString();
    }

    /**
     * Asks for something.
     *
     * @throws AdminException if nobody answers, or it is no Fairlead
     */
    public Answer get(String path) throws AdminException {
        return send(request(path, ANSWER).GET());
    }

    /**
     * Asks for something that is there at once, or not at all.
     *
     * @param within how long the answer may take
     * @throws AdminException likewise
     */
    public Answer get(String path, Duration within) throws AdminException {
        return send(request(path, within).GET());
    }

    /**
     * Orders something that needs no more words.
     *
     * @throws AdminException likewise
     */
    public Answer post(String path) throws AdminException {
        return send(request(path, ANSWER).POST(HttpRequest.BodyPublishers.noBody()));
    }

    /**
     * Orders something.
     *
     * @throws AdminException likewise
     */
    public Answer send(String method, String path, JsonObject body) throws AdminException {
        HttpRequest.Builder request = request(path, ANSWER);
        return send(
                body.isEmpty()
                        ? request.method(method, HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body.encode())));
    }

    private HttpRequest.Builder request(String path, Duration within) throws AdminException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + target.address() + path))
                .timeout(within);
        if (!AdminSettings.isPossible(target.token())) {
            throw new AdminException(
                    "the token has characters that none can have (expected: ASCII on one line, without a space at its ends)");
        }
        return target.token().isSet()
                ? request.header("Authorization", "Bearer " + target.token().value())
                : request;
    }

    private Answer send(HttpRequest.Builder request) throws AdminException {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String body = response.body();
            return new Answer(
                    response.statusCode(),
                    response.statusCode() == NO_CONTENT ? new JsonObject() : new JsonObject(body));
        } catch (HttpTimeoutException e) {
            throw new AdminException("no answer from " + target.address() + " in time");
        } catch (IOException e) {
            throw new AdminException("no Fairlead answers at " + target.address()
                    + ": is it running, and is that its admin address? Another one is given by --admin HOST:PORT");
        } catch (DecodeException e) {
            throw new AdminException("what answers at " + target.address() + " is no Fairlead's admin address");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AdminException("interrupted");
        }
    }
}
