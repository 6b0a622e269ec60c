package io.fairlead.reload;

import io.fairlead.admin.events.EventKind;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Refusal;
import io.fairlead.admin.program.Trial;
import io.fairlead.chronicle.Chronicle;
import io.fairlead.config.Config;
import io.fairlead.config.ConfigText;
import io.fairlead.config.Reading;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolSettings;
import io.fairlead.watch.MemberWatch;
import io.vertx.core.Future;
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
public final class Reload implements Control {
    private static final String WATCH = "a change of its files";

    private final Vertx vertx;
    private final Topology topology;
    private final Chronicle chronicle;
    private final Follower follower;
    private final Readings readings;
    private final Turns turns = new Turns();
    private Reading reading;
    private LoadedConfig loaded;
    private Optional<Probation> probation = Optional.empty();
    private long revision;

    /**
     * Of a program that is about to start with this configuration.
     *
     * @param follower is asked before anything else is changed
     */
    public Reload(Topology topology, ConfigSource source, Reading first, Chronicle chronicle, Follower follower) {
        this.vertx = topology.network().vertx();
        this.topology = topology;
        this.chronicle = chronicle;
        this.follower = follower;
        this.reading = first;
        this.loaded = LoadedConfig.first(source.place(), first.hash(), Instant.now());
        this.readings = new Readings(vertx, source, this::followFiles);
        chronicle.events().onEvent(event -> revision += event.kind() == EventKind.ORDER ? 1 : 0);
    }

    /** The configuration in force, as the file has it. */
    public Config config() {
        return reading.config();
    }

    /** Where that came from, and what became of attempts to replace it. */
    public LoadedConfig loaded() {
        return loaded;
    }

    /** Goes from nothing to the first configuration; fails in words if that cannot be. */
    public Future<Void> start() {
        Reading first = reading;
        return turns.take(() -> readings.begin(first).compose(begun -> new Changeover(topology, Goal.of(first)).go()));
    }

    /** Takes nothing more, and keeps what is in force; completes when what is under way has ended, within seconds. */
    public Future<Void> stop() {
        settle();
        return turns.end();
    }

    @Override
    public Future<Plan> plan() {
        return turns.take(() -> read().compose(next -> planned(Goal.of(next))));
    }

    @Override
    public Future<Plan> reload(Optional<Trial> trial, String by) {
        return turns.take(() -> read().compose(next -> take(next, trial, by)).onFailure(cause -> refused(cause, by)));
    }

    /** Some file has another content; unless that is in force already, because somebody was quicker, and maybe had it on trial. */
    private void followFiles() {
        turns.take(() -> read().compose(next -> isInForce(next)
                        ? Future.succeededFuture()
                        : take(next, Optional.empty(), WATCH).<Void>mapEmpty())
                .onFailure(cause -> refused(cause, WATCH)));
    }

    private boolean isInForce(Reading next) {
        return next.hash().equals(reading.hash())
                && next.config().equals(config())
                && topology.pools().stream()
                        .flatMap(pool -> pool.tls().stream())
                        .allMatch(tls -> tls.isCurrent(tls.settings()));
    }

    private Future<Plan> take(Reading next, Optional<Trial> trial, String by) {
        Goal before = Goal.present(reading, topology.pools());
        return take(Goal.of(next)).onSuccess(plan -> {
            String condition = trial.map(on -> ", on trial").orElse("")
                    + (probation.isPresent() ? ", which confirms the one on trial before" : "");
            settle();
            trial.ifPresent(on -> probation = Optional.of(probation(on, before)));
            taken(plan, "the configuration was reloaded by " + by + condition);
        });
    }

    private Probation probation(Trial trial, Goal before) {
        long timer =
                vertx.setTimer(trial.confirmWithin().toMillis(), id -> goBackByItself("nobody confirmed it in time"));
        return new Probation(trial, Instant.now().plus(trial.confirmWithin()), before, () -> vertx.cancelTimer(timer));
    }

    private void settle() {
        probation.ifPresent(Probation::end);
        probation = Optional.empty();
    }

    /** Follows the traffic while a configuration is on trial; to be called about once a second, after a sample was taken. */
    public void look() {
        probation
                .flatMap(each -> each.tooManyErrors(topology.stats().snapshot().incoming()))
                .ifPresent(this::goBackByItself);
    }

    /** What is on trial now, and not what may be once those are through that are before in the queue. */
    private void goBackByItself(String cause) {
        Optional<Probation> meant = probation;
        turns.take(() -> probation.equals(meant) ? goBack(cause) : nothingOnTrial());
    }

    @Override
    public Future<Void> confirm(String by) {
        return turns.take(() -> {
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
        return turns.take(() -> goBack("by order: " + by));
    }

    private Future<Plan> goBack(String cause) {
        if (probation.isEmpty()) {
            return nothingOnTrial();
        }
        Goal before = probation.get().before();
        settle();
        return take(before).onSuccess(plan -> wentBack(plan, cause)).onFailure(failure -> {
            String words = "the configuration on trial stays, for it cannot go back to the one before (" + cause + "): "
                    + PlanWords.of(failure);
            refused(words, words);
        });
    }

    private static <T> Future<T> nothingOnTrial() {
        return Future.failedFuture(new IllegalStateException("no configuration is on trial"));
    }

    @Override
    public Optional<OnTrial> onTrial() {
        return probation.map(each -> each.shown(topology.stats().snapshot().incoming()));
    }

    private Future<Reading> read() {
        return readings.read(reading.files());
    }

    private Future<Plan> planned(Goal goal) {
        try {
            Supplier<Plan> plan = new Planner(topology, config(), goal).plan(readings.name());
            return vertx.executeBlocking(plan::get);
        } catch (IllegalArgumentException e) {
            return Future.failedFuture(new Refusal(List.of(String.valueOf(e.getMessage()))));
        }
    }

    private Future<Plan> take(Goal goal) {
        Config before = config();
        Config after = goal.config();
        return planned(goal)
                .compose(plan -> follower.follow(before, after)
                        .recover(cause -> Future.failedFuture(new Refusal(List.of(String.valueOf(cause.getMessage())))))
                        .compose(step -> new Changeover(topology, goal)
                                .go()
                                .onFailure(cause -> step.back().run())
                                .map(gone -> {
                                    step.go().run();
                                    reading = goal.reading();
                                    readings.inForce(reading);
                                    return plan;
                                })));
    }

    private void taken(Plan plan, String how) {
        revision++;
        String words = how + ": " + PlanWords.of(plan);
        loaded = loaded.taken(plan.hash(), Instant.now(), words);
        chronicle.reloaded(words);
    }

    /** The file is another one than what is in force: so the last reload is no success. */
    private void wentBack(Plan plan, String cause) {
        revision++;
        loaded = loaded.wentBack(plan.hash(), Instant.now(), "it went back to the one before, " + cause);
        chronicle.wentBack("the configuration went back to the one before, " + cause + ": " + PlanWords.of(plan));
    }

    private void refused(Throwable cause, String by) {
        refused(
                String.valueOf(cause.getMessage()),
                "the configuration was refused, the one before is in force (reload by " + by + "): "
                        + PlanWords.of(cause));
    }

    private void refused(String message, String words) {
        loaded = loaded.refused(Instant.now(), message);
        chronicle.refused(words);
    }

    @Override
    public String effectiveToml() {
        Map<String, PoolSettings> pools = new LinkedHashMap<>();
        topology.pools().forEach(pool -> pools.put(pool.name(), pool.settings()));
        return ConfigText.of(
                config().withPools(pools), "In force, with the orders of the operator; from " + readings.name());
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public void order(Pool pool, Member member, AdminState admin) {
        pool.order(member, admin);
        watch(pool).update();
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
