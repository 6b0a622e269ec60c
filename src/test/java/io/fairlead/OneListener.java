package io.fairlead;

import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolBuilder;
import io.fairlead.proxy.DataPlane;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.route.Route;
import io.fairlead.route.RouteSettings;
import io.fairlead.route.RouteTable;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Size;
import io.fairlead.stats.StatsSnapshot;
import io.fairlead.stats.sample.Stats;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
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
    private final Listener listener;

    /** Starts one on a port of the system's choice, with the settings of a file that has none. */
    public OneListener(String member) throws Exception {
        Pool pool = new PoolBuilder("app")
                .member(member, "a", 1, 0)
                .ticker(System::nanoTime)
                .build();
        RouteTable routes = new RouteTable(List.of(new Route(RouteSettings.everythingTo("app"), pool)));
        DataPlane plane = new DataPlane(() -> routes, stats, System::nanoTime, late -> {}, Optional::empty);
        listener = new Listener(network, settings(), plane, 0);
        onControl(listener::start);
    }

    /** As a file without a word about them has them, but for the port. */
    private static ListenerSettings settings() {
        return new ListenerSettings(
                "web",
                ListenAddress.parse("127.0.0.1:0"),
                List.of(),
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Size.parse("16KiB"),
                Size.parse("0"));
    }

    public int port() throws Exception {
        return onControl(() -> Future.succeededFuture(listener.bound().address().port()));
    }

    /** Changes what it is called, and two limits, and waits until that is in force. */
    public void change(String name, String maxHeaderSize, String maxBodySize, Duration grace) throws Exception {
        ListenerSettings now = listener.settings();
        ListenerSettings next = new ListenerSettings(
                name,
                now.address(),
                now.trustedProxies(),
                now.headerTimeout(),
                now.idleTimeout(),
                Size.parse(maxHeaderSize),
                Size.parse(maxBodySize));
        onControl(() -> listener.change(next, grace));
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
