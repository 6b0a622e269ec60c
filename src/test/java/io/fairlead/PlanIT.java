package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Step;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a plan foretells is what the reload then does, for a row of configurations by chance. */
class PlanIT {
    private static final int STEPS = 60;

    @RegisterExtension
    private final ReloadFixture fixture;

    private final Random random = new Random(6);

    PlanIT() throws Exception {
        fixture = new ReloadFixture();
    }

    /** A pool as it is: its members as they are set, and who they are. */
    private record Seen(Map<String, MemberSettings> settings, Map<String, Member> members) {}

    @Test
    void whatIsForetoldIsWhatIsDone() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        for (int i = 0; i < STEPS; i++) {
            String toml = byChance();
            fixture.write(toml);
            Map<String, Seen> before = seen();
            Plan plan = Apps.await(fixture.fairlead()
                    .onControl(() -> fixture.fairlead().control().plan()));
            assertThat(seen()).as("a plan changes nothing").isEqualTo(before);
            Plan done = fixture.reload(toml);
            assertThat(done).isEqualTo(plan);
            Map<String, Seen> after = seen();
            for (Plan.PoolStep step : plan.pools()) {
                assertThat(step).as(toml).isEqualTo(observed(step, before.get(step.name()), after.get(step.name())));
            }
            assertThat(plan.pools())
                    .extracting(Plan.PoolStep::name)
                    .containsExactlyInAnyOrderElementsOf(together(before.keySet(), after.keySet()));
            assertThat(Apps.await(fixture.fairlead()
                                    .onControl(
                                            () -> fixture.fairlead().control().plan()))
                            .changesNothing())
                    .isTrue();
        }
    }

    private String byChance() {
        StringBuilder toml = new StringBuilder(PROGRAM);
        List<String> pools = new ArrayList<>(List.of("app"));
        if (random.nextBoolean()) {
            pools.add("api");
        }
        for (String name : pools) {
            toml.append("[[routes]]\npath = \"/")
                    .append(name)
                    .append("\"\npool = \"")
                    .append(name)
                    .append("\"\n");
        }
        pools.forEach(name -> toml.append(pool(name, members())));
        return toml.toString();
    }

    private String members() {
        List<String> members = new ArrayList<>();
        for (String name : List.of("a", "b", "c", "d")) {
            if (random.nextInt(3) > 0) {
                int weight = 1 + random.nextInt(3);
                members.add(weight == 1 ? name : name + "*" + weight);
            }
        }
        return members.isEmpty() ? "a" : String.join(" ", members);
    }

    private Map<String, Seen> seen() throws Exception {
        return fixture.onControl(() -> {
            Map<String, Seen> all = new LinkedHashMap<>();
            for (Pool each : fixture.fairlead().pools()) {
                Map<String, MemberSettings> settings = new LinkedHashMap<>();
                each.settings().members().forEach(member -> settings.put(member.id(), member));
                Map<String, Member> members = new LinkedHashMap<>();
                each.members().forEach(member -> members.put(member.id(), member));
                all.put(each.name(), new Seen(settings, members));
            }
            return all;
        });
    }

    /** What a step has to be, by what was before and what is after; what cannot be seen is taken from the step. */
    private static Plan.PoolStep observed(Plan.PoolStep told, @Nullable Seen before, @Nullable Seen after) {
        Seen nobody = new Seen(Map.of(), Map.of());
        Seen old = before == null ? nobody : before;
        Seen present = after == null ? nobody : after;
        List<String> added = present.members().keySet().stream()
                .filter(id -> present.members().get(id) != old.members().get(id))
                .toList();
        List<String> removed = old.members().keySet().stream()
                .filter(id -> present.members().get(id) != old.members().get(id))
                .toList();
        List<String> changed = present.settings().values().stream()
                .filter(member -> !added.contains(member.id())
                        && !member.equals(old.settings().get(member.id())))
                .map(MemberSettings::id)
                .toList();
        boolean same = added.isEmpty() && removed.isEmpty() && changed.isEmpty();
        Step step = before == null ? Step.ADDED : after == null ? Step.REMOVED : same ? Step.KEPT : Step.CHANGED;
        return new Plan.PoolStep(told.name(), step, added, removed, changed, told.inFlight(), told.movedKeys());
    }

    private static Set<String> together(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }
}
