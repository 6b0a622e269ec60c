package io.fairlead.cli.members;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Asks the API of a running Fairlead. Blocks; for the command line. */
final class AdminClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A probe may take its time. */
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final AdminTarget.Found target;
    // No proxy: this is for the machine itself, or for one that the operator names.
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    AdminClient(AdminTarget.Found target) {
        this.target = target;
    }

    /** An answer: what was asked for, or the problem in its place. */
    record Answer(int status, JsonObject body) {
        boolean isFine() {
            return status == 200;
        }

        /** What Fairlead says is wrong. */
        String detail() {
            return body.getString("detail", "it answers " + status);
        }
    }

    Answer get(String path) throws MembersException {
        return send(request(path).GET());
    }

    Answer post(String path) throws MembersException {
        return send(request(path).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + target.address() + path))
                .timeout(ANSWER);
        return target.token().isSet()
                ? request.header("Authorization", "Bearer " + target.token().value())
                : request;
    }

    private Answer send(HttpRequest.Builder request) throws MembersException {
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), new JsonObject(response.body()));
        } catch (HttpTimeoutException e) {
            throw new MembersException("no answer from " + target.address() + " in time");
        } catch (IOException e) {
            throw new MembersException("no Fairlead answers at " + target.address()
                    + ": is it running, and is that its admin address? Another one is given by --admin HOST:PORT");
        } catch (DecodeException e) {
            throw new MembersException("what answers at " + target.address() + " is no Fairlead's admin address");
        } catch (IllegalArgumentException e) {
            throw new MembersException("--token: has characters that no header can have");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MembersException("interrupted");
        }
    }
}
