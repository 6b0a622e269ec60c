package io.fairlead.wire;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.fairlead.LoadBalancer;
import io.fairlead.config.ConfigReader;
import io.fairlead.config.Reading;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.pool.Pool;
import io.fairlead.reload.ConfigSource;
import io.fairlead.stats.StatsSnapshot;
import io.netty.buffer.ByteBufAllocator;
import io.vertx.core.Future;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Fairlead of one listener and one pool, {@code app}, for one test. It starts when the first client connects. After the
 * test it asserts what holds after every conversation: no request is left in flight or waiting, no script failed, nothing that must
 * not be logged was, and no buffer leaked.
 */
final class FairleadFixture implements BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final int ENOUGH_TO_REPORT_LEAKS = 256;

    private final List<RawServer> members = new ArrayList<>();
    private final List<String> addresses = new ArrayList<>();
    private final List<RawClient> clients = new ArrayList<>();
    private final ByteArrayOutputStream standardOutput = new ByteArrayOutputStream();
    private String listener = "";
    private String pool = "";
    private @Nullable LogWatch log;
    private @Nullable LoadBalancer running;
    private @Nullable Future<Void> stopped;

    /** Adds a member that follows the scripts. */
    RawServer member(Script... scripts) throws IOException {
        return member(RawServer.start(scripts));
    }

    /** Adds a member that runs already. */
    RawServer member(RawServer member) {
        members.add(member);
        memberAt(member.address());
        return member;
    }

    /** Adds a member with an id of its own. */
    RawServer memberOfId(String id, Script... scripts) throws IOException {
        RawServer member = RawServer.start(scripts);
        members.add(member);
        addresses.add("{ address = \"" + member.address() + "\", id = \"" + id + "\" }");
        return member;
    }

    /** Adds a member that refuses connections. */
    void refusingMember() throws IOException {
        memberAt("127.0.0.1:" + RawServer.refusedPort());
    }

    /** Adds a member by its address only. */
    void memberAt(String address) {
        addresses.add('"' + address + '"');
    }

    /** Adds keys to the listener. */
    FairleadFixture listener(String lines) {
        listener += lines + "\n";
        return this;
    }

    /** Adds keys to the pool, and behind them tables. */
    FairleadFixture pool(String lines) {
        pool += lines + "\n";
        return this;
    }

    /** Connects; Fairlead is started if it does not run yet. */
    RawClient client() throws Exception {
        return adopt(RawClient.connect(port()));
    }

    /** Connects a client that holds the sender up unless it reads. */
    RawClient slowClient() throws Exception {
        return adopt(RawClient.connectSlowReader(port()));
    }

    /** The listener's port. */
    int port() throws Exception {
        return start().listeners().get(0).address().port();
    }

    /** Begins to stop Fairlead before the test's end. */
    Future<Void> stop(Duration announce, Duration grace) throws Exception {
        Future<Void> future = start().stop(announce, grace);
        stopped = future;
        return future;
    }

    /** Requests in flight now, at all members. */
    int inFlight() throws Exception {
        return start().pool("app").members().stream().mapToInt(Member::inFlight).sum();
    }

    /** Waits until so many requests are in flight. */
    void awaitInFlight(int count) throws Exception {
        List<Member> all = start().pool("app").members();
        Await.until(
                count + " requests in flight",
                () -> all.stream().mapToInt(Member::inFlight).sum() == count);
    }

    /** Waits until so many requests wait for a member. */
    void awaitQueued(int count) throws Exception {
        Pool app = start().pool("app");
        Await.until(count + " requests wait", () -> app.queued() == count);
    }

    /** Waits until so many lines were written to standard output; all that are there. */
    List<String> awaitOutput(int lines) {
        Await.until(
                lines + " lines of output",
                () -> standardOutput.toString(StandardCharsets.US_ASCII).lines().count() >= lines);
        return standardOutput.toString(StandardCharsets.US_ASCII).lines().toList();
    }

    /** Waits until the pool's part of the status document, which is made anew each second, is as it must be. */
    void awaitStatus(String what, Predicate<JsonObject> condition) throws Exception {
        int port = start().adminAddress().port();
        AtomicReference<String> last = new AtomicReference<>("");
        try (RawClient operator = RawClient.connect(port)) {
            Await.until(what, () -> {
                try {
                    operator.sendHead("GET /api/v1/status HTTP/1.1", "Host: 127.0.0.1:" + port);
                    last.set(operator.readAnswer().text());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return condition.test(JsonParser.parseString(last.get())
                        .getAsJsonObject()
                        .getAsJsonArray("pools")
                        .get(0)
                        .getAsJsonObject());
            });
        } catch (AssertionError e) {
            throw new AssertionError(last.get(), e);
        }
    }

    /** Waits until the statistics, which are made anew each second, are as they must be. */
    StatsSnapshot awaitStats(String what, Predicate<StatsSnapshot> condition) throws Exception {
        LoadBalancer balancer = start();
        Await.until(what, () -> condition.test(balancer.statistics()));
        return balancer.statistics();
    }

    /** The member of this number in the pool's part of the status document. */
    static JsonObject member(JsonObject pool, int index) {
        return pool.getAsJsonArray("members").get(index).getAsJsonObject();
    }

    /** Gives an order for the member of this number. */
    void order(int member, AdminState admin) throws Exception {
        LoadBalancer balancer = start();
        Pool app = balancer.pool("app");
        await(balancer.onControl(() -> {
            app.order(app.members().get(member), admin);
            return Future.succeededFuture();
        }));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        log = LogWatch.begin();
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Teardown teardown = new Teardown();
        LogWatch watch = Objects.requireNonNull(log);
        teardown.push(watch::end);
        members.forEach(member -> teardown.push(member::close));
        if (running != null) {
            teardown.push(this::awaitStopped);
            teardown.push(() -> awaitInFlight(0));
            teardown.push(() -> awaitQueued(0));
        }
        clients.forEach(client -> teardown.push(client::close));
        teardown.run();
    }

    /** Lets Netty find leaked buffers: it looks for those that were collected when it hands out new ones. */
    @Override
    public void afterAll(ExtensionContext context) {
        LogWatch leaks = LogWatch.begin();
        System.gc();
        for (int i = 0; i < ENOUGH_TO_REPORT_LEAKS; i++) {
            ByteBufAllocator.DEFAULT.directBuffer(1).release();
        }
        leaks.end();
    }

    private RawClient adopt(RawClient client) {
        clients.add(client);
        return client;
    }

    private LoadBalancer start() throws Exception {
        LoadBalancer present = running;
        if (present == null) {
            Reading reading = new ConfigReader(Map.of()).readWithWarnings("wire.toml", toml(), Path.of("."));
            present = await(LoadBalancer.start(
                    ConfigSource.of("wire.toml", reading), reading, Network.on(Transport.AUTO), standardOutput));
            running = present;
        }
        return present;
    }

    private String toml() {
        return """
                [admin]
                address = "127.0.0.1:0"
                [[listeners]]
                address = "127.0.0.1:0"
                %s
                [pools.app]
                members = [%s]
                %s
                """.formatted(listener, String.join(", ", addresses), pool);
    }

    private void awaitStopped() throws Exception {
        await(stopped == null ? stop(Duration.ZERO, Duration.ofSeconds(1)) : stopped);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(Wire.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
