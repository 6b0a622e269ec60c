package io.fairlead;

import io.fairlead.admin.StatusBoard;
import io.fairlead.admin.events.EventLog;
import io.fairlead.admin.program.BoundListener;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Program;
import io.fairlead.chronicle.Chronicle;
import io.fairlead.config.Config;
import io.fairlead.config.Reading;
import io.fairlead.health.Health;
import io.fairlead.member.Member;
import io.fairlead.network.Listener;
import io.fairlead.network.Network;
import io.fairlead.network.Transport;
import io.fairlead.network.Window;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolEnvironment;
import io.fairlead.proxy.log.AccessLog;
import io.fairlead.reload.ConfigSource;
import io.fairlead.reload.Reload;
import io.fairlead.reload.Topology;
import io.fairlead.route.Route;
import io.fairlead.settings.ListenAddress;
import io.fairlead.stats.StatsSnapshot;
import io.fairlead.stats.sample.ProcessRecorder;
import io.fairlead.stats.sample.Stats;
import io.fairlead.watch.MemberWatch;
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
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The composition root: builds the layers from a configuration, starts them from the bottom up, and stops them from the top
 * down. Unless a method says otherwise it is for the control context.
 */
public final class LoadBalancer implements Program {
    private static final long SAMPLE_MS = 1000;
    private static final long REFRESH_MS = 200;

    private final Network network;
    private final Vertx vertx;
    private final Context control;
    private final Instant startedAt = Instant.now();
    private final Stats stats = new Stats(System::nanoTime, InstantSource.system());
    private final ProcessRecorder process;
    private final Topology topology;
    private final Chronicle chronicle;
    private final Reload reload;
    private final StatusBoard board;
    private final Window window;
    private boolean listening;
    private boolean draining;

    private LoadBalancer(Network network, ConfigSource source, Reading first, OutputStream standardOutput) {
        this.network = network;
        this.vertx = network.vertx();
        this.control = vertx.getOrCreateContext();
        this.process = new ProcessRecorder(
                System::nanoTime, () -> PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory());
        this.chronicle = new Chronicle(vertx, Version.text(), first.config());
        PoolEnvironment environment = new PoolEnvironment(
                InstantSource.system(),
                System::nanoTime,
                MachineKey.find(needsMachineKey(first.config())),
                task -> control.runOnContext(v -> task.run()),
                chronicle.pools());
        this.topology = new Topology(network, stats, environment, process::lag, standardOutput);
        this.reload = new Reload(topology, source, first, chronicle, this::follow);
        this.board = new StatusBoard(this, stats, process, InstantSource.system());
        this.window = new Window(network, first.config().admin(), board);
    }

    private static boolean needsMachineKey(Config config) {
        return config.pools().values().stream()
                .anyMatch(pool ->
                        pool.sticky().filter(sticky -> !sticky.secret().isSet()).isPresent());
    }

    /** Starts one whose configuration never changes, and whose access log may go to the process's standard output. Any thread. */
    public static Future<LoadBalancer> start(Reading reading, String name, Transport transport) {
        return start(
                ConfigSource.of(name, reading),
                reading,
                Network.on(transport),
                new FileOutputStream(FileDescriptor.out));
    }

    /**
     * Starts one. Any thread.
     *
     * @param source where the configuration came from, and comes from at each reload
     * @param first what came from there
     * @param standardOutput where the access log goes if the configuration says so
     * @return the load balancer when all its listeners are bound; fails, with everything given back, if one cannot be
     */
    public static Future<LoadBalancer> start(
            ConfigSource source, Reading first, Network network, OutputStream standardOutput) {
        LoadBalancer balancer = new LoadBalancer(network, source, first, standardOutput);
        return balancer.onControl(balancer::begin)
                .map(balancer)
                .recover(cause -> balancer.closeAll().transform(any -> Future.failedFuture(cause)));
    }

    private Future<Void> begin() {
        vertx.setPeriodic(SAMPLE_MS, id -> sample());
        vertx.setPeriodic(REFRESH_MS, id -> topology.pools().forEach(Pool::refresh));
        // Who takes over leaves questions to the other process until it has something to say.
        Future<?> started = network.takesOver()
                ? reload.start().compose(done -> window.open())
                : window.open().compose(done -> reload.start());
        return started.map(all -> {
            listening = true;
            chronicle.started(this);
            board.publish();
            return null;
        });
    }

    private void sample() {
        stats.sample();
        topology.watches().values().forEach(MemberWatch::look);
        reload.look();
        process.sample();
        board.publish();
    }

    /** What stands beside the topology goes by other settings: the operator's window, and who is told of events. */
    private Future<Window.Step> follow(Config before, Config after) {
        return window.move(before.admin(), after.admin()).map(step -> step.with(() -> chronicle.follow(after)));
    }

    /**
     * Takes the configuration anew. Any thread.
     *
     * @param by on whose word, for the log: {@code "SIGHUP"}
     * @return what was changed; fails with a {@link io.fairlead.admin.program.Refusal} if nothing was
     */
    public Future<Plan> reload(String by) {
        return onControl(() -> reload.reload(Optional.empty(), by));
    }

    /** Stops as the configuration says. Any thread. */
    public Future<Void> stop() {
        return onControl(() -> Future.succeededFuture(reload.config().shutdown()))
                .compose(shutdown -> stop(shutdown.delay(), shutdown.grace()));
    }

    /** Stops: {@code /readyz} says so, answers say that connections close, listeners close, what is open ends. Any thread. */
    public Future<Void> stop(Duration delay, Duration grace) {
        return onControl(() -> {
                    draining = true;
                    chronicle.stopping();
                    board.publish();
                    topology.listeners().forEach(Listener::drain);
                    return Future.join(reload.stop(), vertx.timer(Math.max(1, delay.toMillis())));
                })
                .compose(any -> onControl(() -> topology.retireAll(grace)))
                .transform(any -> closeAll());
    }

    private Future<Void> closeAll() {
        return onControl(() -> {
                    topology.watches().values().forEach(MemberWatch::stop);
                    process.close();
                    return Future.join(chronicle.close(), window.close());
                })
                .transform(any -> vertx.close())
                .onComplete(any -> topology.accessLog().ifPresent(AccessLog::close));
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
        return topology.pool(name)
                .orElseThrow(() -> new IllegalArgumentException("pool: " + name + " (expected: one of "
                        + topology.pools().stream().map(Pool::name).toList() + ")"));
    }

    /** What happened, as of the last second. Any thread. */
    public StatsSnapshot statistics() {
        return stats.snapshot();
    }

    /** Where the operator's window is. Any thread, after the start. */
    public ListenAddress adminAddress() {
        return window.address();
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
        return reload;
    }

    @Override
    public LoadedConfig config() {
        return reload.loaded();
    }

    /** Its listeners with the ports that were really bound, in the order of the file. Any thread, after the start. */
    @Override
    public List<BoundListener> listeners() {
        return topology.listeners().stream()
                .filter(Listener::isBound)
                .map(Listener::bound)
                .toList();
    }

    /** Its pools, in the order of the file. Any thread, after the start. */
    @Override
    public List<Pool> pools() {
        return topology.pools();
    }

    @Override
    public EventLog events() {
        return chronicle.events();
    }

    @Override
    public Future<Health> check(Pool pool, Member member) {
        return Optional.ofNullable(topology.watches().get(pool.name()))
                .filter(watch -> watch.pool() == pool)
                .map(watch -> watch.check(member))
                .orElseGet(() -> Future.failedFuture(new IllegalStateException("the pool is gone")));
    }

    @Override
    public List<Route> routes() {
        return topology.routes();
    }
}
