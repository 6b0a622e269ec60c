package io.fairlead.network;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.proxy.DataPlane;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteSettings;
import io.fairlead.route.RouteTable;
import io.fairlead.settings.ListenAddress;
import io.fairlead.stats.StatsSnapshot;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A listener by itself, before a pool of one member, to be changed and retired. */
public final class OneListener implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;

    private final Network network = Network.on(Transport.AUTO);
    private final Context control = network.vertx().getOrCreateContext();
    private final Stats stats = new Stats(System::nanoTime);
    private final DataPlane plane;
    private final Listener listener;

    /** Starts one on a port of the system's choice, with all else at its default. */
    public OneListener(String member) throws Exception {
        Pool pool = new PoolBuilder("app")
                .member(member, "a", 1, 0)
                .ticker(System::nanoTime)
                .build();
        RouteTable routes = new RouteTable(List.of(new Route(RouteSettings.everythingTo("app"), pool)));
        plane = new DataPlane(() -> routes, stats, System::nanoTime, late -> {}, Optional::empty);
        listener = new Listener(network, settings(""), plane, 0);
        onControl(listener::start);
    }

    /** As a file with these keys has them, on a port of the system's choice. */
    private static ListenerSettings settings(String keys) throws ConfigException {
        return new ConfigReader(Map.of())
                .readWithWarnings("listener.toml", """
                        [[listeners]]
                        address = "127.0.0.1:0"
                        %s
                        [pools.app]
                        members = ["127.0.0.1:9001"]
                        """.formatted(keys), Path.of("."))
                .config()
                .listeners()
                .get(0);
    }

    public int port() throws Exception {
        return onControl(() -> Future.succeededFuture(listener.bound().address().port()));
    }

    /** Has it go by these keys of the file and by no other, and waits until that is in force. */
    public void change(String keys, Duration grace) throws Exception {
        ListenerSettings next = settings(keys);
        onControl(() -> listener.change(next, grace));
    }

    /** Has it forget all members and routes, as if they were gone. */
    public void forget() throws Exception {
        onControl(() -> {
            listener.retain(Set.of(), Set.of());
            return Future.succeededFuture();
        });
    }

    /** Starts another one in the same process; what became of it. */
    public Future<Void> startAnother(String address) {
        ListenerSettings now = listener.settings();
        ListenerSettings other = new ListenerSettings(
                "other",
                ListenAddress.parse(address),
                now.trustedProxies(),
                now.headerTimeout(),
                now.idleTimeout(),
                now.maxHeaderSize(),
                now.maxBodySize());
        Promise<Void> started = Promise.promise();
        control.runOnContext(v -> new Listener(network, other, plane, 1).start().onComplete(started));
        return started.future();
    }

    /** Begins to retire it. */
    public Future<Void> retire(Duration grace) {
        Promise<Void> retired = Promise.promise();
        control.runOnContext(v -> listener.retire(grace).onComplete(retired));
        return retired.future();
    }

    /** The ids of what is deployed. */
    public Set<String> deployments() {
        return network.vertx().deploymentIDs();
    }

    /** What was counted until now. */
    public StatsSnapshot statistics() throws Exception {
        return onControl(() -> {
            stats.sample();
            return Future.succeededFuture(stats.snapshot());
        });
    }

    private <T> T onControl(Supplier<Future<T>> work) throws Exception {
        Promise<T> done = Promise.promise();
        control.runOnContext(v -> work.get().onComplete(done));
        return await(done.future());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void close() throws Exception {
        await(network.vertx().close());
    }
}
