package io.fairlead.reload;

import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Step;
import io.fairlead.balance.BalancingStrategy;
import io.fairlead.config.Config;
import io.fairlead.config.ConfigDiff;
import io.fairlead.config.ConfigProblem;
import io.fairlead.config.Reading;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import io.fairlead.network.Listener;
import io.fairlead.pool.Drift;
import io.fairlead.pool.Intent;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolSettings;
import io.fairlead.proxy.ListenerSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Foretells what a configuration would change of what is in force. What takes time, the keys that would move, is left for a
 * worker. Control context only.
 */
final class Planner {
    private final Topology topology;
    private final Config present;
    private final Goal goal;
    private final Reading next;

    Planner(Topology topology, Config present, Goal goal) {
        this.topology = topology;
        this.present = present;
        this.goal = goal;
        this.next = goal.reading();
    }

    /**
     * The plan, to be finished on any thread but an event loop.
     *
     * @throws IllegalArgumentException if no member of a pool would be left
     */
    Supplier<Plan> plan(String file) {
        List<Plan.ListenerStep> listeners = listeners();
        List<Supplier<Plan.PoolStep>> pools = pools();
        List<Plan.DriftStep> drift = drift();
        List<String> warnings =
                next.warnings().stream().map(ConfigProblem::format).toList();
        return () -> new Plan(
                file,
                next.hash(),
                ConfigDiff.between(present, next.config()),
                listeners,
                pools.stream().map(Supplier::get).toList(),
                drift,
                warnings);
    }

    private List<Plan.ListenerStep> listeners() {
        List<Plan.ListenerStep> steps = new ArrayList<>();
        Set<Listener> taken = new HashSet<>();
        for (ListenerSettings settings : next.config().listeners()) {
            steps.add(topology.listenerFor(settings, taken)
                    .map(listener -> {
                        taken.add(listener);
                        return step(listener, settings, step(listener.settings(), settings));
                    })
                    .orElseGet(() -> new Plan.ListenerStep(
                            settings.name(), settings.address().toString(), Step.ADDED, 0)));
        }
        for (Listener listener : topology.listeners()) {
            if (!taken.contains(listener)) {
                steps.add(step(listener, listener.settings(), Step.REMOVED));
            }
        }
        return steps;
    }

    private Plan.ListenerStep step(Listener listener, ListenerSettings settings, Step step) {
        long connections =
                topology.stats().snapshot().listener(listener.settings().name()).connections();
        return new Plan.ListenerStep(settings.name(), settings.address().toString(), step, connections);
    }

    private static Step step(ListenerSettings before, ListenerSettings after) {
        if (before.equals(after)) {
            return Step.KEPT;
        }
        return before.isLive(after) ? Step.CHANGED : Step.REBOUND;
    }

    private List<Supplier<Plan.PoolStep>> pools() {
        List<Supplier<Plan.PoolStep>> steps = new ArrayList<>();
        next.config()
                .pools()
                .forEach((name, settings) -> steps.add(topology.pool(name)
                        .map(pool -> changed(pool, settings))
                        .orElseGet(() -> {
                            List<String> ids = settings.members().stream()
                                    .map(MemberSettings::id)
                                    .toList();
                            return () -> new Plan.PoolStep(
                                    name, Step.ADDED, ids, List.of(), List.of(), 0, OptionalDouble.empty());
                        })));
        for (Pool pool : topology.pools()) {
            if (!next.config().pools().containsKey(pool.name())) {
                List<String> ids = pool.members().stream().map(Member::id).toList();
                long inFlight = inFlight(pool, Set.copyOf(ids));
                steps.add(() -> new Plan.PoolStep(
                        pool.name(), Step.REMOVED, List.of(), ids, List.of(), inFlight, OptionalDouble.empty()));
            }
        }
        return steps;
    }

    private Supplier<Plan.PoolStep> changed(Pool pool, PoolSettings settings) {
        Intent intent = goal.intent(pool, settings);
        Map<String, MemberSettings> before = byId(pool.settings());
        Map<String, MemberSettings> after = byId(intent.settings());
        List<String> added = new ArrayList<>();
        List<String> changed = new ArrayList<>();
        Set<String> gone = new LinkedHashSet<>(before.keySet());
        after.forEach((id, member) -> {
            MemberSettings known = before.get(id);
            if (known == null) {
                added.add(id);
            } else if (!known.address().equals(member.address())) {
                added.add(id);
                return; // the one before goes
            } else if (!known.equals(member)) {
                changed.add(id);
            }
            gone.remove(id);
        });
        boolean same = settings.equals(pool.intent().file())
                && intent.settings().equals(pool.settings())
                && goal.keepsTls(pool);
        long inFlight = inFlight(pool, gone);
        Supplier<OptionalDouble> moved = same ? OptionalDouble::empty : movedKeys(pool, intent);
        return () -> new Plan.PoolStep(
                pool.name(), same ? Step.KEPT : Step.CHANGED, added, List.copyOf(gone), changed, inFlight, moved.get());
    }

    /** Where the strategy stays: of keys that are others it says nothing. */
    private static Supplier<OptionalDouble> movedKeys(Pool pool, Intent intent) {
        List<Candidate> before = pool.candidatesOf(pool.intent());
        List<Candidate> after = pool.candidatesOf(intent);
        BalancingStrategy strategy = pool.parts().strategy();
        boolean stays = intent.file().strategy().equals(pool.intent().file().strategy());
        return stays && !before.isEmpty() && !after.isEmpty()
                ? () -> strategy.movedKeys(before, after)
                : OptionalDouble::empty;
    }

    private static Map<String, MemberSettings> byId(PoolSettings settings) {
        Map<String, MemberSettings> all = new LinkedHashMap<>();
        settings.members().forEach(member -> all.put(member.id(), member));
        return all;
    }

    private static long inFlight(Pool pool, Set<String> ids) {
        return pool.members().stream()
                .filter(member -> ids.contains(member.id()))
                .mapToLong(Member::inFlight)
                .sum();
    }

    private List<Plan.DriftStep> drift() {
        return topology.pools().stream().flatMap(this::drift).toList();
    }

    private Stream<Plan.DriftStep> drift(Pool pool) {
        PoolSettings settings = next.config().pools().get(pool.name());
        List<Drift> left =
                settings == null ? List.of() : goal.intent(pool, settings).drift(pool.name());
        return pool.drift().stream()
                .map(each -> new Plan.DriftStep(each.pool(), each.member(), each.words(), left.contains(each)));
    }
}
