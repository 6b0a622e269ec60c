package io.fairlead;

import io.fairlead.admin.AdminServer;
import io.fairlead.admin.StatusBoard;
import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Program;
import io.fairlead.config.Config;
import io.fairlead.config.Reading;
import io.fairlead.health.Health;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.proxy.DataPlane;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.route.Route;
import io.fairlead.route.RouteSettings;
import io.fairlead.route.RouteTable;
import io.fairlead.settings.ListenAddress;
import io.fairlead.stats.StatsSnapshot;
import io.fairlead.stats.sample.ProcessRecorder;
import io.fairlead.stats.sample.Stats;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The composition root: builds the layers from a configuration, starts them from the bottom up, and stops them from the top
 * down. Unless a method says otherwise it is for the control context.
 */
public final class LoadBalancer implements Program {
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final long SAMPLE_MS = 1000;
    private static final long REFRESH_MS = 200;

    private final Network network;
    private final Vertx vertx;
    private final Context control;
    private final Config config;
    private final LoadedConfig loaded;
    private final OutputStream standardOutput;
    private final Instant startedAt = Instant.now();
    private final Stats stats = new Stats(System::nanoTime, InstantSource.system());
    private final ProcessRecorder process;
    private final Map<String, Pool> pools = new LinkedHashMap<>();
    private final List<MemberWatch> watches = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Listener> listeners = new ArrayList<>();
    private final Chronicle chronicle;
    private final StatusBoard board;
    private final AdminServer admin;
    // Control context writes, event loops read.
    private volatile RouteTable routeTable = new RouteTable(List.of());
    private volatile Optional<AccessLog> accessLog = Optional.empty();
    private boolean listening;
    private boolean draining;

    private LoadBalancer(Network network, Config config, LoadedConfig loaded, OutputStream standardOutput) {
        this.network = network;
        this.vertx = network.vertx();
        this.control = vertx.getOrCreateContext();
        this.config = config;
        this.loaded = loaded;
        this.standardOutput = standardOutput;
        this.process = new ProcessRecorder(
                System::nanoTime, () -> PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
        this.chronicle = new Chronicle(vertx, config);
        this.board = new StatusBoard(this, stats, process, InstantSource.system());
        this.admin = new AdminServer(vertx, config.admin(), board);
    }

    /** Starts one whose access log may go to the process's standard output. Any thread. */
    public static Future<LoadBalancer> start(Reading reading, String file, Transport transport) {
        return start(reading, file, Network.on(transport), new FileOutputStream(FileDescriptor.out));
    }

    /**
     * Starts one. Any thread.
     *
     * @param reading the configuration, as it was read
     * @param file where it came from, to be shown
     * @param standardOutput where the access log goes if the configuration says so
     * @return the load balancer when all its listeners are bound; fails, with everything given back, if one cannot be
     */
    public static Future<LoadBalancer> start(
            Reading reading, String file, Network network, OutputStream standardOutput) {
        LoadedConfig loaded = LoadedConfig.first(file, reading.hash(), Instant.now());
        LoadBalancer balancer = new LoadBalancer(network, reading.config(), loaded, standardOutput);
        return balancer.onControl(balancer::begin)
                .map(balancer)
                .recover(cause -> balancer.closeAll().transform(any -> Future.failedFuture(cause)));
    }

    private Future<Void> begin() {
        Pool.Environment environment = new Pool.Environment(
                InstantSource.system(),
                System::nanoTime,
                MachineKey.find(needsMachineKey()),
                task -> control.runOnContext(v -> task.run()),
                chronicle.pools());
        config.pools().forEach((name, settings) -> {
            Pool pool = new Pool(name, settings, Strategies.of(settings), environment);
            pools.put(name, pool);
            watches.add(new MemberWatch(vertx, pool, stats));
        });
        for (RouteSettings route : config.routes()) {
            routes.add(new Route(route, pool(route.pool())));
        }
        routeTable = new RouteTable(routes);
        watches.forEach(MemberWatch::start);
        vertx.setPeriodic(SAMPLE_MS, id -> sample());
        vertx.setPeriodic(REFRESH_MS, id -> pools.values().forEach(Pool::refresh));
        accessLog = config.accessLog()
                .flatMap(log -> AccessLog.open(log, standardOutput, InstantSource.system(), System::nanoTime));
        DataPlane plane = new DataPlane(() -> routeTable, stats, System::nanoTime, process::lag, () -> accessLog);
        Future<?> started =
                network.bind("admin", config.admin().address(), admin::start).compose(any -> warmUp());
        int index = 0;
        for (ListenerSettings settings : config.listeners()) {
            Listener listener = new Listener(network, settings, plane, index++);
            listeners.add(listener);
            started = started.compose(any -> listener.start());
        }
        return started.map(any -> {
            listening = true;
            chronicle.started(this);
            board.publish();
            return null;
        });
    }

    private boolean needsMachineKey() {
        return config.pools().values().stream()
                .anyMatch(pool ->
                        pool.sticky().filter(sticky -> !sticky.secret().isSet()).isPresent());
    }

    /** Waits until members are known, so that the first requests find them; a member that hangs holds nobody up for long. */
    private Future<?> warmUp() {
        List<Future<Void>> known = watches.stream().map(MemberWatch::known).toList();
        return Future.any(Future.join(known), vertx.timer(WARM_UP.toMillis()));
    }

    private void sample() {
        stats.sample();
        watches.forEach(MemberWatch::look);
        process.sample();
        board.publish();
    }

    /** Stops as the configuration says. Any thread. */
    public Future<Void> stop() {
        return stop(config.shutdown().delay(), config.shutdown().grace());
    }

    /** Stops: {@code /readyz} says so, answers say that connections close, listeners close, what is open ends. Any thread. */
    public Future<Void> stop(Duration delay, Duration grace) {
        return onControl(() -> {
                    draining = true;
                    chronicle.stopping();
                    board.publish();
                    listeners.forEach(Listener::drain);
                    return delay.isZero() ? Future.succeededFuture() : vertx.timer(Math.max(1, delay.toMillis()));
                })
                .compose(any -> onControl(() ->
                        Future.join(listeners.stream().map(l -> l.retire(grace)).toList())))
                .transform(any -> closeAll());
    }

    private Future<Void> closeAll() {
        return onControl(() -> {
                    watches.forEach(MemberWatch::stop);
                    process.close();
                    return Future.join(
                            chronicle.close(), network.release(admin.address()).eventually(admin::stop));
                })
                .transform(any -> vertx.close())
                .onComplete(any -> accessLog.ifPresent(AccessLog::close));
    }

    /** Runs work on the control context. Any thread. */
    public <T> Future<T> onControl(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        control.runOnContext(v -> {
            try {
                work.get().onComplete(done);
            } catch (RuntimeException | LinkageError e) { // a plug-in may lack a class that it needs
                done.fail(e);
            }
        });
        return done.future();
    }

    /**
     * A pool by its name. Any thread, after the start.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Pool pool(String name) {
        Pool pool = pools.get(name);
        if (pool == null) {
            throw new IllegalArgumentException("pool: " + name + " (expected: one of " + pools.keySet() + ")");
        }
        return pool;
    }

    /** What happened, as of the last second. Any thread. */
    public StatsSnapshot statistics() {
        return stats.snapshot();
    }

    /** Where the operator's window is. Any thread, after the start. */
    public ListenAddress adminAddress() {
        return admin.address();
    }

    @Override
    public String version() {
        return Version.text();
    }

    @Override
    public Instant startedAt() {
        return startedAt;
    }

    @Override
    public boolean isListening() {
        return listening;
    }

    @Override
    public boolean isDraining() {
        return draining;
    }

    @Override
    public Control control() {
        throw new IllegalStateException("nothing can be changed yet");
    }

    @Override
    public LoadedConfig config() {
        return loaded;
    }

    /** Its listeners with the ports that were really bound, in the order of the file. Any thread, after the start. */
    @Override
    public List<BoundListener> listeners() {
        return listeners.stream().filter(Listener::isBound).map(Listener::bound).toList();
    }

    /** Its pools, in the order of the file. Any thread, after the start. */
    @Override
    public List<Pool> pools() {
        return List.copyOf(pools.values());
    }

    @Override
    public EventLog events() {
        return chronicle.events();
    }

    @Override
    public Future<Health> check(Pool pool, Member member) {
        return watches.stream()
                .filter(watch -> watch.pool() == pool)
                .findFirst()
                .map(watch -> watch.check(member))
                .orElseGet(() -> Future.failedFuture(new IllegalStateException("the pool is gone")));
    }

    @Override
    public List<Route> routes() {
        return List.copyOf(routes);
    }
}
