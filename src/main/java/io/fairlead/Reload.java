package io.fairlead;

import io.fairlead.admin.events.EventKind;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Refusal;
import io.fairlead.admin.program.Trial;
import io.fairlead.config.Config;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigProblem;
import io.fairlead.config.ConfigText;
import io.fairlead.config.Reading;
import io.fairlead.member.Member;
import io.fairlead.pool.Intent;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolSettings;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Takes the configuration anew: reads it, tells what would change, and changes it, one reload after another. What is refused
 * changes nothing; what is on trial goes back by itself.
 *
 * <p>Control context only.
 */
final class Reload implements Control {
    private final Vertx vertx;
    private final Topology topology;
    private final ConfigSource source;
    private final Chronicle chronicle;
    private final Follower follower;
    private final FileWatch files;
    private Reading reading;
    private LoadedConfig loaded;
    private Optional<Probation> probation = Optional.empty();
    private Future<?> last = Future.succeededFuture();
    private long revision;

    /** Whatever else has to follow the configuration. */
    @FunctionalInterface
    interface Follower {
        /** Makes ready to go from the first to the second; fails in words, with nothing changed, if that cannot be. */
        Future<Window.Step> follow(Config before, Config after);
    }

    /**
     * Of a program that is about to start with this configuration.
     *
     * @param follower is asked before anything else is changed
     */
    Reload(Topology topology, ConfigSource source, Reading first, Chronicle chronicle, Follower follower) {
        this.vertx = topology.network().vertx();
        this.topology = topology;
        this.source = source;
        this.chronicle = chronicle;
        this.follower = follower;
        this.reading = first;
        this.loaded = LoadedConfig.first(source.name(), first.hash(), Instant.now());
        this.files = new FileWatch(
                vertx, () -> reload(Optional.empty(), "a change of its files").onFailure(cause -> {}));
        chronicle.events().onEvent(event -> revision += event.kind() == EventKind.ORDER ? 1 : 0);
    }

    /** The configuration in force, as the file has it. */
    Config config() {
        return reading.config();
    }

    /** Where that came from, and what became of attempts to replace it. */
    LoadedConfig loaded() {
        return loaded;
    }

    /** Goes from nothing to the first configuration; fails in words if that cannot be. */
    Future<Void> start() {
        files.follow(reading);
        return new Changeover(topology, config(), Map.of()).go();
    }

    @Override
    public Future<Plan> plan() {
        return read().compose(next -> onWorker(new Planner(topology, config(), next).plan(source.name())));
    }

    @Override
    public Future<Plan> reload(Optional<Trial> trial, String by) {
        return inTurn(() -> {
            Reading before = reading;
            Map<String, Intent> intents = intents();
            return read().compose(next -> take(next, Map.of()))
                    .onSuccess(plan -> {
                        settle();
                        trial.ifPresent(on -> probation = Optional.of(probation(on, before, intents)));
                        taken(
                                plan,
                                "reloaded by " + by
                                        + trial.map(on -> ", on trial").orElse(""));
                    })
                    .onFailure(cause -> refused(cause, by));
        });
    }

    private Map<String, Intent> intents() {
        Map<String, Intent> intents = new LinkedHashMap<>();
        topology.pools().forEach(pool -> intents.put(pool.name(), pool.intent()));
        return intents;
    }

    private Probation probation(Trial trial, Reading before, Map<String, Intent> intents) {
        long timer = vertx.setTimer(
                trial.confirmWithin().toMillis(),
                id -> goBack("nobody confirmed it in time").onFailure(cause -> {}));
        return new Probation(
                trial,
                Instant.now().plus(trial.confirmWithin()),
                new Probation.Before(before, intents),
                topology.stats().snapshot().incoming(),
                () -> vertx.cancelTimer(timer));
    }

    private void settle() {
        probation.ifPresent(Probation::end);
        probation = Optional.empty();
    }

    /** Follows the traffic while a configuration is on trial; to be called about once a second, after a sample was taken. */
    void look() {
        probation
                .flatMap(each -> each.tooManyErrors(topology.stats().snapshot().incoming()))
                .ifPresent(words -> goBack(words).onFailure(cause -> {}));
    }

    @Override
    public Future<Void> confirm(String by) {
        return inTurn(() -> {
            if (probation.isEmpty()) {
                return nothingOnTrial();
            }
            settle();
            revision++;
            chronicle.reloaded("the configuration on trial is confirmed by " + by);
            return Future.succeededFuture();
        });
    }

    @Override
    public Future<Plan> rollBack(String by) {
        return goBack("by order: " + by);
    }

    private Future<Plan> goBack(String cause) {
        return inTurn(() -> {
            if (probation.isEmpty()) {
                return nothingOnTrial();
            }
            Probation.Before before = probation.get().before();
            settle();
            return take(before.reading(), before.intents())
                    .onSuccess(plan -> taken(plan, "went back to the one before, " + cause))
                    .onFailure(failure -> chronicle.refused("the configuration cannot go back to the one before ("
                            + cause + "): " + failure.getMessage()));
        });
    }

    private static <T> Future<T> nothingOnTrial() {
        return Future.failedFuture(new IllegalStateException("no configuration is on trial"));
    }

    @Override
    public Optional<OnTrial> onTrial() {
        return probation.map(each -> each.shown(topology.stats().snapshot().incoming()));
    }

    private <T> Future<T> inTurn(Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        last = last.transform(any -> {
            work.get().onComplete(done);
            return done.future().transform(end -> Future.succeededFuture());
        });
        return done.future();
    }

    private Future<Reading> read() {
        return vertx.executeBlocking(source::read)
                .recover(cause -> Future.failedFuture(
                        cause instanceof ConfigException wrong ? new Refusal(texts(wrong)) : cause));
    }

    private static List<String> texts(ConfigException wrong) {
        return wrong.problems().stream()
                .filter(problem ->
                        problem.severity() == ConfigProblem.Severity.ERROR) // for what else is said nothing is refused
                .map(ConfigProblem::format)
                .toList();
    }

    private Future<Plan> take(Reading next, Map<String, Intent> earlier) {
        Config before = config();
        Config after = next.config();
        return onWorker(new Planner(topology, before, next).plan(source.name()))
                .compose(plan -> follower.follow(before, after)
                        .recover(cause -> Future.failedFuture(new Refusal(List.of(String.valueOf(cause.getMessage())))))
                        .compose(step -> new Changeover(topology, after, earlier)
                                .go()
                                .onFailure(cause -> step.back().run())
                                .map(gone -> {
                                    step.go().run();
                                    reading = next;
                                    files.follow(next);
                                    return plan;
                                })));
    }

    private <T> Future<T> onWorker(Supplier<T> work) {
        return vertx.executeBlocking(work::get);
    }

    private void taken(Plan plan, String how) {
        revision++;
        String words = PlanWords.of(plan);
        loaded = loaded.taken(plan.hash(), Instant.now(), words);
        chronicle.reloaded("the configuration was " + how + ": " + words);
    }

    private void refused(Throwable cause, String by) {
        loaded = loaded.refused(Instant.now(), String.valueOf(cause.getMessage()));
        chronicle.refused("the configuration was refused, the one before is in force (reload by " + by + "): "
                + PlanWords.of(cause));
    }

    @Override
    public String effectiveToml() {
        Map<String, PoolSettings> pools = new LinkedHashMap<>();
        topology.pools().forEach(pool -> pools.put(pool.name(), pool.settings()));
        return ConfigText.of(
                config().withPools(pools), "In force, with the orders of the operator; from " + source.name());
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Member add(Pool pool, MemberSettings settings) {
        Member member = pool.add(settings);
        watch(pool).update();
        return member;
    }

    @Override
    public void remove(Pool pool, Member member) {
        pool.remove(member);
        watch(pool).update();
        topology.forget(Set.of(member));
    }

    private MemberWatch watch(Pool pool) {
        MemberWatch watch = topology.watches().get(pool.name());
        if (watch == null || watch.pool() != pool) {
            throw new IllegalStateException("the pool is gone");
        }
        return watch;
    }
}
