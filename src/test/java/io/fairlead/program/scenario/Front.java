package io.fairlead.program.scenario;

import io.fairlead.program.Daemon;
import io.fairlead.program.Serving;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The packaged Fairlead of a scenario, with what it says in its log and by its API. */
final class Front implements AutoCloseable {
    private static final String PROGRAM = """
            [admin]
            address = "127.0.0.1:0"
            [shutdown]
            grace = "1s"
            [[listeners]]
            address = "127.0.0.1:0"
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path config;
    private final Daemon process;
    private final Serving serving;

    /** Starts it with routes and pools as given, and waits until all members of all pools serve. */
    Front(Path directory, String routesAndPools) throws Exception {
        config = Files.writeString(directory.resolve("config.toml"), PROGRAM + routesAndPools);
        process = Daemon.quickFairlead("run", "-c", config.toString());
        serving = Serving.of(process);
        Daemon.await(
                "all members are up",
                () -> pools().stream()
                        .flatMap(pool -> members(pool).stream())
                        .allMatch(member -> member.getString("health").equals("up")));
    }

    int port() {
        return serving.port();
    }

    String url() {
        return serving.url();
    }

    /** Where its status page is. */
    String page() {
        return serving.page();
    }

    /** Has it take other routes and pools, as {@code fairlead reload} does; what was changed, when it is. */
    JsonObject reload(String routesAndPools) throws Exception {
        Files.writeString(config, PROGRAM + routesAndPools);
        HttpRequest request = HttpRequest.newBuilder(URI.create(serving.page() + "api/v1/config/reload"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return new JsonObject(answer.body());
    }

    /** All that its API shows. */
    JsonObject status() {
        return read("api/v1/status");
    }

    /** Which process it is. */
    long pid() {
        return process.pid();
    }

    private JsonObject read(String path) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(serving.page() + path)).build();
        return new JsonObject(
                http.sendAsync(request, BodyHandlers.ofString()).join().body());
    }

    private List<JsonObject> pools() {
        return objects(read("api/v1/status").getJsonArray("pools"));
    }

    /** A pool as the API shows it now. */
    JsonObject pool(String name) {
        return read("api/v1/pools/" + name);
    }

    /** The members of a pool as it was shown. */
    static List<JsonObject> members(JsonObject pool) {
        return objects(pool.getJsonArray("members"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return IntStream.range(0, array.size()).mapToObj(array::getJsonObject).toList();
    }

    /** A member as the API shows it now. */
    JsonObject member(String pool, MemberProcess member) {
        return members(pool(pool)).stream()
                .filter(shown -> shown.getString("id").equals(member.address()))
                .findFirst()
                .orElseThrow();
    }

    void awaitMember(String pool, MemberProcess member, Predicate<JsonObject> condition) {
        Daemon.await(member.address() + " of " + pool, () -> condition.test(member(pool, member)));
    }

    /** What the log says of members: one line for each change. */
    List<String> transitions() {
        return process.lines(" member ");
    }

    /** How many lines were printed so far. */
    int lineCount() {
        return process.lineCount();
    }

    /** The first line after so many that has this text; waits for it. */
    String awaitLine(int after, String text) throws InterruptedException {
        return process.awaitLine(after, line -> line.contains(text));
    }

    /** When a line of the log was written. */
    static Instant at(String line) {
        return OffsetDateTime.parse(line.substring(0, line.indexOf(' '))).toInstant();
    }

    /** Holds it up, as with its whole machine. */
    void freeze() throws Exception {
        process.signal("STOP");
    }

    void thaw() throws Exception {
        process.signal("CONT");
    }

    /** Stops gently when nothing is in flight any more, and complains of whatever is out of order. */
    void stop() throws Exception {
        Daemon.await(
                "nothing in flight",
                () -> pools().stream()
                        .flatMap(pool -> members(pool).stream())
                        .allMatch(member -> member.getInteger("in_flight") == 0));
        process.signal("TERM");
        String output = process.exitCode() == 0 ? process.output() : "ERROR: its exit code is not 0";
        for (String word : List.of("ERROR", "LEAK", "Exception")) {
            if (output.contains(word)) {
                throw new AssertionError(process.output());
            }
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
